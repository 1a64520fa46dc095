package io.serverherd.node.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.protocol.Command.Kind;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {
    private final Command command = new Command();

    @Test
    void aReportHasClientLocationAndTime() {
        byte[] line = bytes("IAMAT kiwi.cs.ucla.edu +34.068930-118.445127 1479413884.392014450");

        Kind kind = parse(line);

        assertThat(kind).isEqualTo(Kind.IAMAT);
        assertThat(text(line, command.clientStart(), command.clientEnd())).isEqualTo("kiwi.cs.ucla.edu");
        assertThat(text(line, command.locationStart(), command.locationEnd())).isEqualTo("+34.068930-118.445127");
        assertThat(text(line, command.timeStart(), command.timeEnd())).isEqualTo("1479413884.392014450");
        assertThat(command.time().seconds()).isEqualTo(1_479_413_884);
        assertThat(command.time().nanos()).isEqualTo(392_014_450);
    }

    @Test
    void aQuestionHasClientRadiusAndBound() {
        byte[] line = bytes("\t WHATSAT   kiwi\t10.50\f 05  \r");

        Kind kind = parse(line);

        assertThat(kind).isEqualTo(Kind.WHATSAT);
        assertThat(text(line, command.clientStart(), command.clientEnd())).isEqualTo("kiwi");
        assertThat(text(line, command.radiusStart(), command.radiusEnd())).isEqualTo("10.50");
        assertThat(command.bound()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\r", "\f", "\u000b", "  \t\r\f\u000b"})
    void fieldsAreSeparatedByAnyRunOfWhiteSpace(String space) {
        String line = space + "IAMAT" + space + "a" + space + "+1-1" + space + "1" + space;

        assertThat(parse(bytes(line))).isEqualTo(Kind.IAMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\u001c", "\u001d", "\u001e", "\u001f", "\u0085", "\u00a0", "\b", "\u000e", "\u007f"})
    void otherBytesThatSomeCallBlankBelongToTheClient(String blank) {
        byte[] line = bytes("IAMAT a" + blank + "b +1-1 1");

        assertThat(parse(line)).isEqualTo(Kind.IAMAT);
        assertThat(command.clientEnd() - command.clientStart()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+34.068930-118.445127",
                "-33.8688+151.2093",
                "+00.0-180.0",
                "+5.0-118.4",
                "+90-180",
                "-90.000+180.00",
                "+1+1",
                "+0-0",
                "-01.5+001.5",
                "+34-118"
            })
    void locationsInDecimalDegreesAreTaken(String location) {
        assertThat(parse(bytes("IAMAT a " + location + " 1"))).isEqualTo(Kind.IAMAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "34.068930-118.445127",
                "-118.445127",
                "+34.068930118.445127",
                "++34.068930-118.445127",
                "+34.068930-118.445127/",
                "+-",
                "+3_4.0-118.445127",
                "+34.068930\u2212118.445127",
                "+34.-118",
                "+34-118.",
                "+.5-118",
                "+34-.5",
                "+034-118",
                "+34-0118",
                "+91-118",
                "+34-181",
                "+90.1-118",
                "+34-180.0001",
                "+34,0-118",
                "+34-118+10",
                "+1e1-118",
                "+34",
                "34-118",
                "+34-",
                "+34- 118",
                "\uff11"
            })
    void otherLocationsAreInvalid(String location) {
        assertThat(parse(bytes("IAMAT a " + location + " 1"))).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.0",
                "1479413884.392014450",
                "00001",
                "1.0000000000000000000000000000001",
                "123456789012345678901"
            })
    void decimalTimesAreTaken(String time) {
        assertThat(parse(bytes("IAMAT a +1+1 " + time))).isEqualTo(Kind.IAMAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "+1",
                "1.479e9",
                "1_479",
                "14.39.20",
                ".5",
                "5.",
                "nan",
                "inf",
                "NaN",
                "Infinity",
                "0x10",
                "1L",
                "1,5",
                "1s",
                "\u0661",
                "."
            })
    void otherTimesAreInvalid(String time) {
        assertThat(parse(bytes("IAMAT a +1+1 " + time))).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0", "50 20", "50.0 20", "00050.000 00020", "49.99999 1", "0.5 1"})
    void radiusAndBoundMayReachTheirLimits(String numbers) {
        assertThat(parse(bytes("WHATSAT a " + numbers))).isEqualTo(Kind.WHATSAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "51 5",
                "50.0000001 5",
                "10 21",
                "10 -10",
                "-1 5",
                "+1 5",
                "10 +5",
                "r 10",
                "10 l",
                "nan 5",
                "1e1 5",
                "10 1.0",
                "10 1.",
                "10. 1",
                ".5 1",
                "4294967297 1",
                "1 4294967297",
                "10",
                "10 5 5",
                ""
            })
    void otherNumbersAreInvalid(String numbers) {
        assertThat(parse(bytes("WHATSAT a " + numbers))).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "IAMAT",
                "WHATSAT",
                "iamat a +1+1 1",
                "Iamat a +1+1 1",
                "IAMATX a +1+1 1",
                "IAMAT\0a +1+1 1",
                "IAMAT a +1+1",
                "IAMAT a +1+1 1 x",
                "IAMAT +1+1 1",
                "AT Alford +0.1 a +1+1 1",
                "PEER herd Alford",
                "PING",
                "IAMATa +1+1 1",
                "x IAMAT a +1+1 1"
            })
    void anythingElseIsInvalid(String line) {
        assertThat(parse(bytes(line))).isEqualTo(Kind.INVALID);
    }

    @Test
    void bytesAroundTheLineAreNotLookedAt() {
        byte[] buf = bytes("xxIAMAT a +1+1 15xx");

        CommandParser.parse(buf, 2, 17, command);

        assertThat(command.kind()).isEqualTo(Kind.IAMAT);
        assertThat(text(buf, command.timeStart(), command.timeEnd())).isEqualTo("15");
    }

    @Test
    void anyBytesAreParsedWithoutAnException() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] valid = bytes("IAMAT kiwi +34.068930-118.445127 1479413884.392014450");
        byte[] question = bytes("WHATSAT kiwi 10 5");

        for (int i = 0; i < 200_000; i++) {
            byte[] line = i % 3 == 0 ? random(random) : mutate(random, i % 3 == 1 ? valid : question);
            CommandParser.parse(line, 0, line.length, command);

            if (command.kind() != Kind.INVALID) {
                assertThat(text(line, 0, line.length))
                        .as("seed %d", seed)
                        .matches("(?s)[\t\n\u000b\f\r ]*(IAMAT|WHATSAT)[\t\n\u000b\f\r ].*[0-9][\t\n\u000b\f\r ]*");
            }
        }
    }

    private static byte[] random(SplittableRandom random) {
        byte[] line = new byte[random.nextInt(60)];
        random.nextBytes(line);
        return line;
    }

    private static byte[] mutate(SplittableRandom random, byte[] valid) {
        byte[] line = Arrays.copyOf(valid, random.nextInt(valid.length + 1));
        for (int n = random.nextInt(3); n > 0 && line.length > 0; n--) {
            line[random.nextInt(line.length)] = (byte) random.nextInt(256);
        }
        return line;
    }

    private Kind parse(byte[] line) {
        CommandParser.parse(line, 0, line.length, command);
        return command.kind();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(text.chars().allMatch(c -> c < 256) ? ISO_8859_1 : UTF_8);
    }

    private static String text(byte[] buf, int from, int to) {
        return new String(buf, from, to - from, ISO_8859_1);
    }
}
