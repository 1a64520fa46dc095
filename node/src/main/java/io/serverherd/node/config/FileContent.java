package io.serverherd.node.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** What a watched file holds. Two values are equal when a reader could not tell them apart. */
public sealed interface FileContent {

    /** The whole file. */
    record Present(byte[] bytes) implements FileContent {
        @Override
        public boolean equals(Object other) {
            return other instanceof Present present && Arrays.equals(bytes, present.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        /** The file may be a secret. */
        @Override
        public String toString() {
            return "Present[" + bytes.length + " bytes]";
        }
    }

    /** No such file, or no such folder. */
    record Missing() implements FileContent {}

    /** There is something, but it can't be read or is too large. */
    record Unreadable(String reason) implements FileContent {}

    /** What the file holds now. More than {@code maxBytes} are not read. */
    static FileContent read(Path file, int maxBytes) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            return bytes.length > maxBytes ? new Unreadable("larger than " + maxBytes + " bytes") : new Present(bytes);
        } catch (NoSuchFileException e) {
            return new Missing();
        } catch (IOException e) {
            return new Unreadable("can't be read: " + e.getMessage());
        }
    }
}
