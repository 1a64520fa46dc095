package io.serverherd.local.api.pods;

import io.serverherd.local.api.http.ResponseStream;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a log as it grows, until it grows no more or nobody listens. */
final class LogTail {

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final LogFile log;
    private final ResponseStream stream;
    private final BooleanSupplier growing;

    /** @param growing whether more may come */
    LogTail(LogFile log, ResponseStream stream, BooleanSupplier growing) {
        this.log = log;
        this.stream = stream;
        this.growing = growing;
    }

    void start(ScheduledExecutorService timer) {
        ScheduledFuture<?> looking =
                timer.scheduleWithFixedDelay(this::look, 0, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        stream.onEnd(() -> {
            looking.cancel(false);
            timer.execute(this::close);
        });
    }

    /** A client that reads slowly is waited for. */
    private void look() {
        try {
            boolean more = growing.getAsBoolean(); // asked first: what is written until then is still read
            while (!stream.congested()) {
                byte[] piece = log.next();
                if (piece.length == 0) {
                    if (!more) {
                        stream.end();
                    }
                    return;
                }
                stream.send(() -> piece);
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("event", "log_unreadable").log();
            stream.end();
        }
    }

    private void close() {
        try {
            log.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("event", "log_not_closed").log();
        }
    }
}
