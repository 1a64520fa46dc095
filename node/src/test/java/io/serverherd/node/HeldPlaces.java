package io.serverherd.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.serverherd.node.places.Places;
import io.serverherd.node.places.PlacesQuery;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Places that answer when the test says so, or at once. */
public final class HeldPlaces implements Places {
    public static final String ANSWER = "{\"results\":[]}\n\n";

    private final Executor loop;
    private final BlockingQueue<Question> asked = new LinkedBlockingQueue<>();
    private volatile boolean atOnce;

    /** @param loop where answers are given */
    public HeldPlaces(Executor loop) {
        this.loop = loop;
    }

    /** A question that waits for its answer. */
    public final class Question {
        private final PlacesQuery query;
        private final Consumer<byte[]> reply;

        private Question(PlacesQuery query, Consumer<byte[]> reply) {
            this.query = query;
            this.reply = reply;
        }

        public PlacesQuery query() {
            return query;
        }

        public void answer(String json) {
            loop.execute(() -> reply.accept((json + "\n\n").getBytes(ISO_8859_1)));
        }
    }

    public void answerAtOnce() {
        atOnce = true;
    }

    @Override
    public void nearby(PlacesQuery query, Consumer<byte[]> reply) {
        if (atOnce) {
            loop.execute(() -> reply.accept(ANSWER.getBytes(ISO_8859_1)));
        } else {
            asked.add(new Question(query, reply));
        }
    }

    public Question next() throws InterruptedException {
        Question question = asked.poll(10, TimeUnit.SECONDS);
        if (question == null) {
            throw new AssertionError("Places were not asked within 10 s");
        }
        return question;
    }

    public int waiting() {
        return asked.size();
    }
}
