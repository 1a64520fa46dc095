package io.serverherd.local.kubelet.volume;

import java.util.Arrays;

/**
 * One file of a volume.
 *
 * @param mode permission bits, such as 0644
 */
record VolumeFile(byte[] content, int mode) {

    @Override
    public boolean equals(Object other) {
        return other instanceof VolumeFile file && mode == file.mode && Arrays.equals(content, file.content);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(content) + mode;
    }

    /** Without the content: it may be a Secret's. */
    @Override
    public String toString() {
        return "VolumeFile[%d bytes, mode %o]".formatted(content.length, mode);
    }
}
