package io.serverherd.operator.observe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * UIDs of pods that this operator has asked to delete. The cache hears of it a little later, and a second pod must not go in
 * between. Holds the last thousand, far more than can be on their way.
 */
public final class AskedDeletions {
    private static final int KEPT = 1_000;

    private final Set<String> uids = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KEPT;
        }
    }));

    public void add(String podUid) {
        uids.add(podUid);
    }

    boolean contains(String podUid) {
        return uids.contains(podUid);
    }
}
