package io.serverherd.node.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTimeTest {
    private static final BigInteger MOST_SECONDS = BigInteger.TEN.pow(18);
    private static final Pattern GRAMMAR = Pattern.compile("([0-9]+)(?:\\.([0-9]+))?");

    @ParameterizedTest
    @CsvSource({
        "1479413884.392014450,1479413884.392014451",
        "999999999.9,1000000000.5",
        "9,10",
        "1.5,1.50000000000000000000000000000001",
        "0009,10",
        "1479413884,1479413884.000000000000000001",
        "99999999999999999999999,100000000000000000000000",
        "0,0.1",
        "1479413884.3,1479413884.29999999999999"
    })
    void timesThatDifferAreOrderedHoweverSmallTheDifference(String one, String other) {
        int expected = new BigDecimal(one).compareTo(new BigDecimal(other));

        assertThat(Integer.signum(compare(one, other))).isEqualTo(expected).isNotZero();
        assertThat(Integer.signum(compare(other, one))).isEqualTo(-expected);
    }

    @ParameterizedTest
    @CsvSource({"1,1.0", "001,1", "1.50,1.5", "0,000.000", "1479413884.1,01479413884.100", "5,5"})
    void spellingsOfOneTimeAreEqual(String one, String other) {
        assertThat(compare(one, other)).isZero();
        assertThat(compare(other, one)).isZero();
    }

    @Test
    void theOrderIsThatOfExactDecimals() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 100_000; i++) {
            String one = time(random);
            String other = random.nextInt(4) == 0 ? one + "0".repeat(one.contains(".") ? 1 : 0) : time(random);

            assertThat(Integer.signum(compare(one, other)))
                    .as("%s and %s, seed %d", one, other, seed)
                    .isEqualTo(new BigDecimal(one).compareTo(new BigDecimal(other)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1479413884.392014450,1479413884,392014450",
        "5,5,0",
        "5.1,5,100000000",
        "5.1234567899,5,123456789",
        "0007.000000001,7,1",
        "999999999999999999999999,1000000000000000000,0"
    })
    void theValueIsCutToNanoseconds(String text, long seconds, int nanos) {
        DecimalTime time = new DecimalTime();
        byte[] bytes = text.getBytes(US_ASCII);

        assertThat(time.read(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(time.seconds()).isEqualTo(seconds);
        assertThat(time.nanos()).isEqualTo(nanos);
    }

    /** The shape that nearly all times have is read in another way than all others: each of its bytes must count there. */
    @Test
    void theUsualShapeIsReadAsAnyOther() {
        String usual = "1479413884.392014450";
        for (int at = 0; at < usual.length(); at++) {
            for (int b = 0; b < 256; b++) {
                byte[] bytes = (usual + "1 23456789").getBytes(US_ASCII);
                bytes[at] = (byte) b;
                assertReadAsItsGrammarSays(bytes, 0, usual.length());
                assertReadAsItsGrammarSays(bytes, 0, usual.length() + 1);
                assertReadAsItsGrammarSays(bytes, 0, usual.length() + 2);
                assertReadAsItsGrammarSays(bytes, 1, usual.length());
            }
        }
        assertReadAsItsGrammarSays("9999999999.999999999".getBytes(US_ASCII), 0, usual.length());
        assertReadAsItsGrammarSays("0000000000.000000001".getBytes(US_ASCII), 0, usual.length());
    }

    private static void assertReadAsItsGrammarSays(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, ISO_8859_1);
        Matcher grammar = GRAMMAR.matcher(text);
        DecimalTime time = new DecimalTime();

        int end = time.read(bytes, from, to);

        boolean right = grammar.lookingAt() && (grammar.group(2) != null || !text.startsWith(".", grammar.end()));
        assertThat(end).as(text).isEqualTo(right ? from + grammar.end() : -1);
        if (right) {
            String fraction = grammar.group(2) == null ? "" : grammar.group(2);
            assertThat(time.seconds())
                    .as(text)
                    .isEqualTo(
                            new BigInteger(grammar.group(1)).min(MOST_SECONDS).longValue());
            assertThat(time.nanos()).as(text).isEqualTo(Integer.parseInt((fraction + "000000000").substring(0, 9)));
        }
    }

    /** Few digits of few kinds, so that equal beginnings and equal values are common. */
    private static String time(SplittableRandom random) {
        String whole = digits(random, 1 + random.nextInt(12));
        return random.nextInt(3) == 0 ? whole : whole + "." + digits(random, 1 + random.nextInt(12));
    }

    private static String digits(SplittableRandom random, int length) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < length; i++) {
            digits.append("0019".charAt(random.nextInt(4)));
        }
        return digits.toString();
    }

    private static int compare(String one, String other) {
        byte[] a = ("<" + one + ">").getBytes(US_ASCII);
        byte[] b = ("<<" + other + "9").getBytes(US_ASCII);
        return DecimalTime.compare(a, 1, a.length - 1, b, 2, b.length - 1);
    }
}
