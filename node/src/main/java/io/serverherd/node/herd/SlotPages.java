package io.serverherd.node.herd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Slots of bytes, carved out of pages of 64 KiB: the collector sees one object per page, not one per record.
 *
 * <pre>
 * reference (int)   page number, 17 bits │ offset in the page / 4, 14 bits      0 is no slot
 * page              slots of one size, filled from the front; freed ones are linked for reuse
 * a slot's size     up to 256 bytes every multiple of 4, then eight steps to each doubling: at most 1/8 is waste
 * larger than half a page: a page of its own, given back when freed
 * free slot         byte 0 is zero, bytes 4–7 refer to the next free slot of the size
 * forwarding slot   byte 0 is zero, bytes 4–7 refer to the slot that took its place
 * </pre>
 *
 * The first byte of a slot in use must not be zero.
 */
final class SlotPages {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PAGE = 1 << 16;
    private static final int UNIT = 4;
    private static final int OFFSET_BITS = 14;
    /** 8 GiB: what references can tell apart. */
    static final long MAX_BYTES = (long) PAGE << 17;

    private static final int LINK = 4;
    private static final int SMALLEST = 8;
    private static final int FINE_UP_TO = 256;
    private static final int FINE_SIZES = FINE_UP_TO / UNIT;
    private static final int STEPS = 8;
    private static final int SIZES = FINE_SIZES + STEPS * 7;

    private byte[][] pages = new byte[16][];
    private int[] slotSizes = new int[16];
    /** Bytes of the page that were ever in use. */
    private int[] filled = new int[16];
    /** Page 0 stays empty, so that no slot is at reference 0. */
    private int pageCount = 1;

    private final int[] freeSlots = new int[SIZES];
    private final int[] openPages = new int[SIZES];
    /** Numbers of pages given back, linked by {@link #filled}. */
    private int freePage;

    private long bytes;

    /** What all pages take. */
    long bytes() {
        return bytes;
    }

    /** A slot of at least {@code size} bytes. */
    int allocate(int size) {
        if (size > PAGE / 2) {
            int page = newPage(size);
            filled[page] = size;
            return page << OFFSET_BITS;
        }
        int of = sizeIndex(size);
        int free = freeSlots[of];
        if (free != 0) {
            freeSlots[of] = (int) INT.get(page(free), offset(free) + LINK);
            return free;
        }
        int open = openPages[of];
        int slotSize = slotSize(of);
        if (open == 0 || filled[open] + slotSize > PAGE) {
            open = newPage(PAGE);
            slotSizes[open] = slotSize;
            openPages[of] = open;
        }
        int reference = open << OFFSET_BITS | filled[open] / UNIT;
        filled[open] += slotSize;
        return reference;
    }

    void free(int reference) {
        int page = reference >>> OFFSET_BITS;
        int size = slotSizes[page];
        if (size > PAGE / 2) {
            bytes -= size;
            pages[page] = null;
            filled[page] = freePage;
            freePage = page;
            return;
        }
        int of = sizeIndex(size);
        byte[] bytes = pages[page];
        bytes[offset(reference)] = 0;
        INT.set(bytes, offset(reference) + LINK, freeSlots[of]);
        freeSlots[of] = reference;
    }

    /** The slot holds nothing any more but where its bytes went. */
    void forward(int reference, int to) {
        byte[] page = page(reference);
        page[offset(reference)] = 0;
        INT.set(page, offset(reference) + LINK, to);
    }

    /** Of a slot that was not freed: whether it forwards. */
    boolean isForward(int reference) {
        return page(reference)[offset(reference)] == 0;
    }

    int forwardedTo(int reference) {
        return (int) INT.get(page(reference), offset(reference) + LINK);
    }

    byte[] page(int reference) {
        return pages[reference >>> OFFSET_BITS];
    }

    int offset(int reference) {
        return (reference & (1 << OFFSET_BITS) - 1) * UNIT;
    }

    /** How many bytes fit into the slot. */
    int capacity(int reference) {
        return slotSizes[reference >>> OFFSET_BITS];
    }

    /** The first slot in use behind {@code reference} in the order of the pages (0: the first of all), or 0. */
    int next(int reference) {
        int page = Math.max(1, reference >>> OFFSET_BITS);
        int offset = reference == 0 ? 0 : offset(reference) + slotSizes[page];
        for (; page < pageCount; page++, offset = 0) {
            byte[] bytes = pages[page];
            for (; bytes != null && offset < filled[page]; offset += slotSizes[page]) {
                if (bytes[offset] != 0) {
                    return page << OFFSET_BITS | offset / UNIT;
                }
            }
        }
        return 0;
    }

    private int newPage(int size) {
        int page = freePage;
        if (page != 0) {
            freePage = filled[page];
        } else {
            page = pageCount;
            if (page == pages.length) {
                pages = Arrays.copyOf(pages, page * 2);
                slotSizes = Arrays.copyOf(slotSizes, page * 2);
                filled = Arrays.copyOf(filled, page * 2);
            }
            pageCount++;
        }
        pages[page] = new byte[size];
        bytes += size;
        slotSizes[page] = size;
        filled[page] = 0;
        return page;
    }

    private static int sizeIndex(int size) {
        int bytes = Math.max(size, SMALLEST);
        if (bytes <= FINE_UP_TO) {
            return (bytes + UNIT - 1) / UNIT - 1;
        }
        int doubling = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(bytes - 1);
        int step = (bytes - 1 >>> doubling - 3) - STEPS;
        return FINE_SIZES + (doubling - 8) * STEPS + step;
    }

    private static int slotSize(int index) {
        if (index < FINE_SIZES) {
            return (index + 1) * UNIT;
        }
        int doubling = 8 + (index - FINE_SIZES) / STEPS;
        int step = (index - FINE_SIZES) % STEPS;
        return STEPS + step + 1 << doubling - 3;
    }
}
