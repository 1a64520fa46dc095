package io.serverherd.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A folder with the files of a Secret, as a kubelet keeps it. */
final class SecretMount {
    private final Path folder;
    private int version;

    /** @param folder does not exist yet */
    SecretMount(Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /** As the kubelet does it: a dated folder, a new link beside the old one, a rename over it. */
    void publish(Map<String, String> files) throws IOException {
        version++;
        Path dated = Files.createDirectory(folder.resolve("..2026_01_01_00_00_" + version));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(dated.resolve(file.getKey()), file.getValue());
            Path link = folder.resolve(file.getKey());
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of("..data", file.getKey()));
            }
        }
        Files.createSymbolicLink(folder.resolve("..data_tmp"), dated.getFileName());
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
