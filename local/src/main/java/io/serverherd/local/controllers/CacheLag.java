package io.serverherd.local.controllers;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Writes that were decided on from an informer's cache, which may be behind. */
final class CacheLag {

    private CacheLag() {}

    /**
     * @return whether it was done; false where the object has changed, is gone or is there already: the event that says
     *     so is under way, and brings us here again
     */
    static boolean unlessBehind(Runnable write) {
        try {
            write.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
