package io.serverherd.node.admin;

import java.nio.charset.StandardCharsets;

/** What one path of the admin port answers. Called on threads of the admin port. */
public interface Page {
    Answer answer() throws InterruptedException;

    /**
     * An HTTP answer.
     *
     * @param status HTTP status code
     */
    record Answer(int status, String contentType, byte[] body) {
        static Answer line(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
