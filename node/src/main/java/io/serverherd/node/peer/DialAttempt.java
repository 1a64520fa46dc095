package io.serverherd.node.peer;

import io.serverherd.node.config.Neighbour;
import io.serverherd.node.protocol.PeerMessage;

/** One try of the end that dials: a connection, and then the neighbour's hello on it. */
final class DialAttempt implements Dialler.Outcome, PeerSocket.Listener {
    /** Who is told how it goes. */
    interface Observer {
        /** Connected; now for its hello. */
        void greeting();

        /** Its hello has come. The last that is heard of this attempt. */
        void reached(PeerSocket socket);

        /** The last that is heard of this attempt. */
        void failed(String why);
    }

    private final PeerSettings settings;
    private final Neighbour neighbour;
    private final Observer observer;
    private LoopTimer.Scheduled timeout;
    /** Null until connected. */
    private PeerSocket socket;

    private boolean over;

    DialAttempt(PeerSettings settings, Neighbour neighbour, Observer observer) {
        this.settings = settings;
        this.neighbour = neighbour;
        this.observer = observer;
    }

    void start() {
        timeout = settings.timer().after(PeerLink.GREETING_TIMEOUT, () -> failed("no connection within 5 s"));
        settings.dialler().dial(neighbour, this);
    }

    /** Nothing is heard of it any more. */
    void cancel() {
        end();
        if (socket != null) {
            socket.close();
        }
    }

    boolean isGreeting() {
        return socket != null;
    }

    @Override
    public void connected(PeerSocket to) {
        if (over) {
            to.close();
            return;
        }
        socket = to;
        socket.listener(this);
        PeerMessage.appendHello(socket.out(), settings.herd(), settings.server());
        socket.flushLater();
        timeout.cancel();
        timeout = settings.timer().after(PeerLink.GREETING_TIMEOUT, () -> failed("no hello within 5 s"));
        observer.greeting();
    }

    @Override
    public void line(byte[] buf, int from, int to) {
        boolean right = PeerMessage.helloServer(buf, from, to, settings.herd())
                .filter(neighbour.server()::equals)
                .isPresent();
        if (right) {
            end();
            observer.reached(socket);
        } else {
            failed("its first line is not the hello of " + settings.herd() + " " + neighbour.server());
        }
    }

    @Override
    public void failed(String why) {
        if (!over) {
            cancel();
            observer.failed(why);
        }
    }

    @Override
    public void closed(String why) {
        failed(why);
    }

    private void end() {
        over = true;
        timeout.cancel();
    }

    @Override
    public String name() {
        return neighbour.server();
    }

    @Override
    public void received() {
        // Only a whole line tells who it is.
    }

    @Override
    public void writable() {
        // The hello fits in any case.
    }
}
