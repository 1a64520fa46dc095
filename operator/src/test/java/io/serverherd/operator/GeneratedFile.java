package io.serverherd.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is generated from the code and committed, so that reviews see what a change does to it. */
public record GeneratedFile(Path path) {

    /** Compares byte for byte; with the system property {@code generate} writes instead. */
    public void mustBe(String content) {
        mustStay(content, "it is not what the code says: run `make generate` and commit the change");
    }

    /**
     * The same, for a file whose change is more than a change of this file.
     *
     * @param otherwise what it means that it is another, and what to do
     */
    public void mustStay(String content, String otherwise) {
        try {
            if (System.getProperty("generate") != null) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, content);
                return;
            }
            assertThat(path)
                    .as("%s is generated: run `make generate` and commit it", path.normalize())
                    .exists();
            assertThat(Files.readString(path))
                    .as("%s: %s", path.normalize(), otherwise)
                    .isEqualTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
