package io.serverherd.local.kubelet.probe;

/** @param message why it failed; empty on success */
record ProbeResult(boolean success, String message) {

    static ProbeResult passed() {
        return new ProbeResult(true, "");
    }

    static ProbeResult failed(String message) {
        return new ProbeResult(false, message);
    }
}
