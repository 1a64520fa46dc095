package io.serverherd.local.run;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** What the person at the terminal reads. Plain ASCII: nobody knows the terminal's character set. */
final class Screen {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintStream out;

    Screen(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
    }

    /** Something happened just now. */
    void event(String line) {
        out.println(LocalTime.now().format(TIME) + "  " + line);
    }
}
