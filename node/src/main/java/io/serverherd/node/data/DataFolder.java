package io.serverherd.node.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is in the folder:
 *
 * <pre>
 * lock                   locked while a process has the folder; the system unlocks it when the process is gone
 * records-7.journal      records; all of them when older ones are gone
 * records-8.journal      what is new since
 * records.new            a journal that a start is writing; in it is nothing that the others have not
 * </pre>
 */
final class DataFolder implements Closeable {
    private static final String NEW = "records.new";
    private static final Pattern JOURNAL = Pattern.compile("records-([0-9]{1,18})\\.journal");

    private final Path folder;
    private FileChannel lockFile;

    /** Another process has the folder. */
    static final class TakenException extends IOException {
        private static final long serialVersionUID = 1L;

        TakenException(Path folder) {
            super(folder + ": another process keeps its records here; each server needs a folder of its own");
        }
    }

    DataFolder(Path folder) {
        this.folder = folder;
    }

    /** Takes the folder for this process, and makes it if need be. @throws TakenException when another has it */
    void lock() throws IOException {
        if (lockFile != null) {
            return;
        }
        Files.createDirectories(folder);
        FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(file)) {
            file.close();
            throw new TakenException(folder);
        }
        lockFile = file;
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            // Held until the file is closed.
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Taken by this very process, as in a test with two servers.
            return false;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The journals that are there, the oldest first. */
    List<Path> journals() throws IOException {
        List<Path> journals = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                files.filter(file -> number(file) > 0).forEach(journals::add);
            }
        }
        journals.sort(Comparator.comparingLong(DataFolder::number));
        return journals;
    }

    /** Where a start writes the journal that will be the only one. */
    Path fresh() {
        return folder.resolve(NEW);
    }

    /** Where the next journal goes. */
    Path next() throws IOException {
        List<Path> journals = journals();
        long last = journals.isEmpty() ? 0 : number(journals.get(journals.size() - 1));
        return folder.resolve("records-" + (last + 1) + ".journal");
    }

    /** Makes the journal that a start has written one of the journals, and says where it is now. */
    Path adopt(Path fresh) throws IOException {
        return Files.move(fresh, next(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** How many bytes can still be written there. */
    long usableBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Brings to the disk which files there are. */
    void force() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Deletes the journals that this one replaces. */
    void deleteOlderThan(Path journal) throws IOException {
        for (Path other : journals()) {
            if (number(other) < number(journal)) {
                Files.deleteIfExists(other);
            }
        }
    }

    private static long number(Path file) {
        Matcher name = JOURNAL.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }

    @Override
    public void close() throws IOException {
        if (lockFile != null) {
            lockFile.close();
            lockFile = null;
        }
    }
}
