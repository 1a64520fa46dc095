package io.serverherd.local.kubelet.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URL;
import java.util.Locale;
import java.util.Objects;

/** One attempt of a probe against a pod's address. Blocks for at most about twice the probe's time-out. */
record ProbeCall(Probe probe, Container container, String podIP) {

    ProbeResult run() {
        int timeoutMillis = ProbeCounter.orDefault(probe.getTimeoutSeconds(), 1) * 1000;
        try {
            if (probe.getHttpGet() != null) {
                return http(probe.getHttpGet(), timeoutMillis);
            }
            if (probe.getTcpSocket() != null) {
                String host = Objects.requireNonNullElse(probe.getTcpSocket().getHost(), podIP);
                int port = port(probe.getTcpSocket().getPort());
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(host, port), timeoutMillis);
                    return ProbeResult.passed();
                }
            }
            return ProbeResult.failed("a pod run as processes can have httpGet and tcpSocket probes, not this kind");
        } catch (IOException | RuntimeException e) {
            return ProbeResult.failed(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private ProbeResult http(HTTPGetAction action, int timeoutMillis) throws IOException {
        String scheme = Objects.requireNonNullElse(action.getScheme(), "HTTP").toLowerCase(Locale.ROOT);
        String host = Objects.requireNonNullElse(action.getHost(), podIP);
        String path = Objects.requireNonNullElse(action.getPath(), "/");
        URL url = new URL(scheme, host, port(action.getPort()), path.startsWith("/") ? path : "/" + path);
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        try {
            connection.setConnectTimeout(timeoutMillis);
            connection.setReadTimeout(timeoutMillis);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("User-Agent", "kube-probe/local");
            // A probe opens a connection of its own each time.
            connection.setRequestProperty("Connection", "close");
            for (HTTPHeader header : action.getHttpHeaders()) {
                connection.setRequestProperty(header.getName(), header.getValue());
            }
            int status = connection.getResponseCode();
            return status >= 200 && status < 400
                    ? ProbeResult.passed()
                    : ProbeResult.failed("HTTP probe failed with statuscode: " + status);
        } catch (IOException e) {
            throw new IOException("Get \"%s\": %s".formatted(url, e.getMessage()), e);
        } finally {
            connection.disconnect();
        }
    }

    private int port(IntOrString port) {
        if (port.getStrVal() == null) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(named -> port.getStrVal().equals(named.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElseGet(() -> Integer.parseInt(port.getStrVal()));
    }
}
