package io.serverherd.local.kubelet.volume;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which files a ConfigMap or Secret volume has, by their path in the volume. */
final class VolumeFiles {

    private static final int DEFAULT_MODE = 0644;

    private VolumeFiles() {}

    static SortedMap<String, VolumeFile> of(ConfigMap map, List<KeyToPath> items, Integer defaultMode, boolean optional)
            throws MountException {
        SortedMap<String, byte[]> data = new TreeMap<>();
        orEmpty(map.getData()).forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
        orEmpty(map.getBinaryData()).forEach((key, base64) -> data.put(key, decode(base64)));
        return select(data, items, defaultMode, optional, "configmap");
    }

    static SortedMap<String, VolumeFile> of(Secret secret, List<KeyToPath> items, Integer defaultMode, boolean optional)
            throws MountException {
        SortedMap<String, byte[]> data = new TreeMap<>();
        orEmpty(secret.getData()).forEach((key, base64) -> data.put(key, decode(base64)));
        return select(data, items, defaultMode, optional, "secret");
    }

    /** All keys under their own names, or only the listed ones under the listed paths. */
    private static SortedMap<String, VolumeFile> select(
            SortedMap<String, byte[]> data, List<KeyToPath> items, Integer defaultMode, boolean optional, String source)
            throws MountException {
        int mode = defaultMode == null ? DEFAULT_MODE : defaultMode;
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        if (items == null || items.isEmpty()) {
            data.forEach((key, content) -> files.put(key, new VolumeFile(content, mode)));
            return files;
        }
        for (KeyToPath item : items) {
            byte[] content = data.get(item.getKey());
            if (content != null) {
                requireInside(item.getPath());
                files.put(item.getPath(), new VolumeFile(content, item.getMode() == null ? mode : item.getMode()));
            } else if (!optional) {
                throw new MountException("%s references non-existent config key: %s".formatted(source, item.getKey()));
            }
        }
        return files;
    }

    private static void requireInside(String path) throws MountException {
        boolean outside = path.isEmpty()
                || path.startsWith("/")
                || List.of(path.split("/")).contains("..");
        if (outside || path.startsWith("..")) {
            throw new MountException(
                    "path \"%s\": must be relative and must not contain or start with '..'".formatted(path));
        }
    }

    private static byte[] decode(String base64) {
        // The MIME decoder takes line breaks, which kubectl and some clients leave in.
        return Base64.getMimeDecoder().decode(base64);
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
