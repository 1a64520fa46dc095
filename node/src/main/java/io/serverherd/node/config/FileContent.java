package io.serverherd.node.config;

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
}
