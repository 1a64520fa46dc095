package io.serverherd.operator.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The classes of a jar, ready to be mapped by the JVM that runs it, as in the images and from the same lists. The scenarios
 * start hundreds of JVMs on few processors: loading classes is a third of each start.
 */
final class ClassArchive {
    private static final Path FOLDER = Path.of("target/class-archives");

    private ClassArchive() {}

    /** What to tell the JVM. The archive is made when there is none of this jar for this JDK. */
    static synchronized List<String> options(Path jar) {
        String name = jar.getFileName().toString().replace(".jar", "");
        Path archive = FOLDER.resolve(name + "-" + Runtime.version() + ".jsa").toAbsolutePath();
        try {
            if (!Files.exists(archive)
                    || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                Files.createDirectories(FOLDER);
                make(archive, jar, ProjectFiles.ROOT.resolve("images/" + name.replace("herd-", "") + ".classes"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return List.of("-XX:SharedArchiveFile=" + archive);
    }

    /** The list may have been written on another JDK: what this one doesn't know is left out. */
    private static void make(Path archive, Path jar, Path classes) throws IOException, InterruptedException {
        Process process = JavaProcesses.jar(
                        jar,
                        List.of(
                                "-Xshare:dump",
                                "-Xlog:disable",
                                "-Xlog:all=error:stderr",
                                "-XX:SharedClassListFile=" + classes,
                                "-XX:SharedArchiveFile=" + archive))
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("no archive of the classes in " + jar + ":\n" + said);
        }
    }
}
