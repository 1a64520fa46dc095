package io.serverherd.node.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever bytes come, in whatever pieces, and however often the sink says stop, the lines are the same.
 *
 * <p>The first three bytes of an input are the sizes of pieces and how often to stop; the rest is what comes.
 */
public final class LineReaderFuzz {
    private static final int HEADER = 3;
    private static final int LIMIT = 40;
    private static final ReadScratch SCRATCH = new ReadScratch();

    private LineReaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < HEADER) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, HEADER, input.length);
        Lines lines = new Lines(Byte.toUnsignedInt(input[2]));
        LineReader reader = new LineReader(SCRATCH);
        int[] sizes = {1 + Byte.toUnsignedInt(input[0]), 1 + Byte.toUnsignedInt(input[1])};
        int from = 0;
        for (int piece = 0; from < bytes.length && lines.tooLong == null; piece++) {
            int to = Math.min(bytes.length, from + sizes[piece % 2]);
            if (lines.stopped) {
                reader.keep(Unpooled.wrappedBuffer(bytes, from, to - from));
                lines.stopped = false;
                reader.resume(LIMIT, lines);
            } else {
                reader.read(Unpooled.wrappedBuffer(bytes, from, to - from), LIMIT, lines);
            }
            from = to;
        }
        while (lines.stopped) {
            lines.stopped = false;
            reader.resume(LIMIT, lines);
        }
        reader.end(lines);

        check(new String(bytes, ISO_8859_1), lines);
    }

    private static void check(String text, Lines lines) {
        List<String> expected = new ArrayList<>();
        int start = 0;
        for (int lf = text.indexOf('\n'); lf >= 0; lf = text.indexOf('\n', start)) {
            String line = withoutReturn(text.substring(start, lf));
            if (line.length() > LIMIT) {
                break;
            }
            expected.add(line);
            start = lf + 1;
        }
        String rest = text.substring(start);
        int lf = rest.indexOf('\n');
        boolean tooLong = withoutReturn(lf < 0 ? rest : rest.substring(0, lf)).length() > LIMIT;
        if (tooLong) {
            assertThat(lines.tooLong).hasSizeGreaterThan(LIMIT);
            assertThat(rest).startsWith(lines.tooLong);
        } else {
            assertThat(lines.tooLong).isNull();
            if (!rest.isEmpty()) {
                expected.add(rest);
            }
        }
        assertThat(lines.taken).isEqualTo(expected);
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static final class Lines implements LineReader.Sink {
        private final List<String> taken = new ArrayList<>();
        private final int stopEvery;
        private String tooLong;
        private boolean stopped;

        /** @param stopEvery of so many lines the last; 0: never */
        Lines(int stopEvery) {
            this.stopEvery = stopEvery;
        }

        @Override
        public boolean line(byte[] buf, int from, int to) {
            taken.add(new String(buf, from, to - from, ISO_8859_1));
            stopped = stopEvery > 0 && taken.size() % stopEvery == 0;
            return !stopped;
        }

        @Override
        public void tooLong(byte[] buf, int from, int to) {
            tooLong = new String(buf, from, to - from, ISO_8859_1);
        }
    }
}
