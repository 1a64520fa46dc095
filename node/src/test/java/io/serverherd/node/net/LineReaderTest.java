package io.serverherd.node.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final int LIMIT = 300;

    private final LineReader reader = new LineReader(new ReadScratch());
    private final Collector collector = new Collector();

    @Test
    void linesAreTheSameWhereverTheBytesAreSplit() {
        String input = "IAMAT a +1+1 1\r\n\r\nWHATSAT a 1 1\n" + "x".repeat(280) + "\n\ntail";

        for (int split = 0; split <= input.length(); split++) {
            collector.lines.clear();
            read(input.substring(0, split));
            read(input.substring(split));
            reader.end(collector);

            assertThat(collector.lines)
                    .as("split at %d", split)
                    .containsExactly("IAMAT a +1+1 1", "", "WHATSAT a 1 1", "x".repeat(280), "", "tail");
        }
    }

    @Test
    void linesMayComeByteByByte() {
        for (char c : "one\r\n\ntwo\rthree\nend".toCharArray()) {
            read(String.valueOf(c));
        }
        reader.end(collector);

        assertThat(collector.lines).containsExactly("one", "", "two\rthree", "end");
    }

    @Test
    void linesAreTheSameHoweverTheyAreCutAndHoweverOftenTheSinkSaysStop() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 2_000; i++) {
            StringBuilder input = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int n = random.nextInt(20); n > 0; n--) {
                String line = "y".repeat(random.nextInt(LIMIT));
                expected.add(line);
                input.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
            }
            collector.lines.clear();
            for (int from = 0; from < input.length(); ) {
                int to = Math.min(input.length(), from + 1 + random.nextInt(400));
                collector.stopAfter = random.nextInt(4);
                if (collector.stopped) {
                    reader.keep(Unpooled.copiedBuffer(input.substring(from, to), ISO_8859_1));
                    collector.stopped = false;
                    reader.resume(LIMIT, collector);
                } else {
                    read(input.substring(from, to));
                }
                from = to;
            }
            while (collector.stopped) {
                collector.stopped = false;
                collector.stopAfter = Integer.MAX_VALUE;
                reader.resume(LIMIT, collector);
            }
            reader.end(collector);

            assertThat(collector.lines).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void nothingIsKeptOfALineBeyondTheLimit() {
        read("short\n" + "x".repeat(200));
        read("x".repeat(200));

        assertThat(collector.lines).containsExactly("short");
        assertThat(collector.tooLong).isEqualTo("x".repeat(400));
        reader.end(collector);
        assertThat(collector.lines).containsExactly("short");
    }

    @Test
    void nothingLeftIsNoLine() {
        read("one\n");
        reader.end(collector);

        assertThat(collector.lines).containsExactly("one");
    }

    private void read(String bytes) {
        reader.read(Unpooled.copiedBuffer(bytes, ISO_8859_1), LIMIT, collector);
    }

    private static final class Collector implements LineReader.Sink {
        private final List<String> lines = new ArrayList<>();
        private String tooLong;
        private int stopAfter = Integer.MAX_VALUE;
        private boolean stopped;

        @Override
        public boolean line(byte[] buf, int from, int to) {
            lines.add(new String(buf, from, to - from, ISO_8859_1));
            stopped = stopAfter-- == 0;
            return !stopped;
        }

        @Override
        public void tooLong(byte[] buf, int from, int to) {
            tooLong = new String(buf, from, to - from, ISO_8859_1);
        }
    }
}
