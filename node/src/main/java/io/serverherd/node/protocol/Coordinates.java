package io.serverherd.node.protocol;

/** ISO 6709 decimal degrees: {@code [+-]\d{1,2}(\.\d+)?[+-]\d{1,3}(\.\d+)?}, latitude to 90 and longitude to 180. */
final class Coordinates {
    private Coordinates() {}

    /** Where the coordinates that begin at {@code from} end, or −1. */
    static int end(byte[] buf, int from, int to) {
        int latitudeEnd = degreesEnd(buf, from, to, 90, 2);
        return latitudeEnd < 0 ? -1 : degreesEnd(buf, latitudeEnd, to, 180, 3);
    }

    private static int degreesEnd(byte[] buf, int from, int to, int max, int wholeDigits) {
        if (from >= to || !isSign(buf[from])) {
            return -1;
        }
        return BoundedDecimal.end(buf, from + 1, to, max, wholeDigits);
    }

    /** Plus is 0x2b and minus 0x2d; which of them it is nobody can foresee, so that is not asked. */
    private static boolean isSign(byte b) {
        return (b - '+' & ~2) == 0;
    }
}
