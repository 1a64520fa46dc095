package io.serverherd.local.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Only one run at a time uses a state folder. The lock goes with the process, however it ends. */
final class StateLock implements AutoCloseable {

    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the folder, readable by this user alone, and locks it. */
    static StateLock take(Path home) throws RunException {
        Path file = home.resolve("lock");
        Path holder = home.resolve("pid");
        try {
            Files.createDirectories(home);
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                String pid = Files.exists(holder) ? Files.readString(holder).strip() : "unknown";
                throw new RunException(
                        ("another run uses %s: process %s. End it with Ctrl-C in its terminal or `kill %s`,"
                                        + " or run beside it with %s and other ports (%s, %s, %s, %s)")
                                .formatted(
                                        home,
                                        pid,
                                        pid,
                                        RunSettings.HOME,
                                        RunSettings.API_PORT,
                                        RunSettings.PLACES_PORT,
                                        RunSettings.OPERATOR_PORT,
                                        RunSettings.POD_NETWORK));
            }
            Files.writeString(holder, ProcessHandle.current().pid() + "\n");
            return new StateLock(channel);
        } catch (IOException e) {
            throw new RunException(
                    "state folder %s cannot be used (%s); %s chooses another".formatted(home, e, RunSettings.HOME), e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Held by this JVM: as taken as by another.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
