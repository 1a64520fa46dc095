package io.serverherd.node.herd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A 64-bit hash of bytes, eight at a time; every bit of the result depends on every byte. */
final class Hash64 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Odd, and without a pattern in its bits: the first of MurmurHash3's two finishing factors, then the second. */
    private static final long FIRST = 0xff51afd7ed558ccdL;

    private static final long SECOND = 0xc4ceb9fe1a85ec53L;

    private Hash64() {}

    static long of(byte[] buf, int from, int to, long seed) {
        int length = to - from;
        long hash = seed ^ length * SECOND;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            hash = mix(hash ^ (long) LONG.get(buf, i));
        }
        if (i < to) {
            hash = mix(hash ^ tail(buf, i, to, length));
        }
        return finish(hash);
    }

    /** The last bytes; where there are eight in all, the last eight, some of which were hashed already. */
    private static long tail(byte[] buf, int from, int to, int length) {
        if (length >= Long.BYTES) {
            return (long) LONG.get(buf, to - Long.BYTES);
        }
        long tail = 0;
        for (int i = from; i < to; i++) {
            tail = tail << Byte.SIZE | buf[i] & 0xff;
        }
        return tail;
    }

    private static long mix(long hash) {
        long product = hash * FIRST;
        return product ^ product >>> 32;
    }

    private static long finish(long hash) {
        long product = (hash ^ hash >>> 33) * SECOND;
        return product ^ product >>> 33;
    }
}
