package io.serverherd.node.herd;

import io.serverherd.node.protocol.DecimalTime;
import io.serverherd.node.protocol.LocationRecord;
import java.util.Arrays;

/**
 * Which of two records of a client wins, everywhere: the greater by (time, origin server, location, difference). Times
 * compare as exact decimals, the others as bytes. Where all four are equal the time's spelling decides, so that two
 * servers never keep different bytes.
 */
final class RecordOrder {
    private RecordOrder() {}

    static int compareTimes(LocationRecord a, LocationRecord b) {
        return DecimalTime.compare(a.array(), a.timeStart(), a.timeEnd(), b.array(), b.timeStart(), b.timeEnd());
    }

    static int compare(LocationRecord a, LocationRecord b) {
        int order = compareTimes(a, b);
        if (order == 0) {
            order = bytes(a, a.originStart(), a.originEnd(), b, b.originStart(), b.originEnd());
        }
        if (order == 0) {
            order = bytes(a, a.locationStart(), a.locationEnd(), b, b.locationStart(), b.locationEnd());
        }
        if (order == 0) {
            order = bytes(a, a.differenceStart(), a.differenceEnd(), b, b.differenceStart(), b.differenceEnd());
        }
        return order == 0 ? bytes(a, a.timeStart(), a.timeEnd(), b, b.timeStart(), b.timeEnd()) : order;
    }

    private static int bytes(LocationRecord a, int aFrom, int aTo, LocationRecord b, int bFrom, int bTo) {
        return Arrays.compareUnsigned(a.array(), aFrom, aTo, b.array(), bFrom, bTo);
    }
}
