package io.serverherd.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for a process that is yet to start: below those that the system gives to outgoing connections (from 32768 on, on
 * Linux), for one of these would take it meanwhile. Who asks here gets none that somebody else got here, in whichever JVM,
 * for as long as that JVM lives: of a file that all share, one byte for each port is locked.
 */
public final class FreePorts {
    private static final int LOWEST = 14_000;
    private static final int HIGHEST = 29_000;
    private static final FileChannel CLAIMS = open(Path.of(System.getProperty("java.io.tmpdir"), "serverherd-ports"));
    /** Of this JVM; a lock that nobody refers to may be forgotten. */
    private static final Set<FileLock> CLAIMED = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** Different ports of loopback that nobody has now. */
    public static List<Integer> some(int count) throws IOException {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < count) {
            ports.add(one());
        }
        return List.copyOf(ports);
    }

    private static int one() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isClaimed(port)) {
                try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                    return socket.getLocalPort();
                } catch (BindException taken) {
                    // Another one.
                }
            }
        }
    }

    private static boolean isClaimed(int port) throws IOException {
        try {
            FileLock lock = CLAIMS.tryLock(port, 1, false);
            return lock != null && CLAIMED.add(lock);
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
