package io.serverherd.node.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.node.config.LiveConfig;
import io.serverherd.node.data.DataStatus;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.tls.LiveCredentials;
import io.serverherd.node.tls.LiveTls;
import io.serverherd.node.tls.PeerTls;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /status}: what the operator asks of a server.
 *
 * <pre>
 * {"herd", "server", "version", "configHash", "configError" (only while there is one),
 *  "peers": [{"server", "connected", "since", "tls"}], "clients", "digest", "placesKey": "loaded|missing|empty",
 *  "placesKeyError", "placesCaError" (only while there is one), "placesBudgetSpent": true (only while it is),
 *  "peerTls": {"certificate", "trust", "notAfter" (these while there is one), "problem" (only while there is one)}
 *  (only where HERD_TLS_DIR is set),
 *  "clientTls": the same without trust (only where HERD_CLIENT_TLS_DIR is set),
 *  "data": "memory|ok|damaged|failing", "dataError" (only while there is one)}
 * </pre>
 */
public final class StatusPage implements Page {
    private final ObjectMapper json = new ObjectMapper();
    private final String herdName;
    private final String server;
    private final String version;
    private final LiveConfig config;
    private final Supplier<PlacesStatus> places;
    private final LiveTls tls;
    private final HerdProbe herd;
    private final Supplier<DataStatus> data;

    public StatusPage(
            String herdName,
            String server,
            String version,
            LiveConfig config,
            Supplier<PlacesStatus> places,
            LiveTls tls,
            HerdProbe herd,
            Supplier<DataStatus> data) {
        this.herdName = herdName;
        this.server = server;
        this.version = version;
        this.config = config;
        this.places = places;
        this.tls = tls;
        this.herd = herd;
        this.data = data;
    }

    @Override
    public Answer answer() throws InterruptedException {
        // The configuration first: peers of a newer one are no lie about an older, the reverse would be.
        LiveConfig.State state = config.state();
        Optional<HerdSnapshot> snapshot = herd.snapshot();
        return snapshot.isEmpty()
                ? Answer.line(503, "the event loop does not answer")
                : new Answer(
                        200,
                        "application/json",
                        (status(state, snapshot.get()) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode status(LiveConfig.State state, HerdSnapshot snapshot) {
        ObjectNode status = json.createObjectNode();
        status.put("herd", herdName);
        status.put("server", server);
        status.put("version", version);
        status.put("configHash", state.config().hash());
        if (state.error() != null) {
            status.put("configError", state.error());
        }
        ArrayNode peers = status.putArray("peers");
        for (HerdSnapshot.Peer peer : snapshot.peers()) {
            peers.addObject()
                    .put("server", peer.server())
                    .put("connected", peer.connected())
                    .put("since", peer.since().toString())
                    .put("tls", peer.tls());
        }
        status.put("clients", snapshot.clients());
        status.put("digest", snapshot.digest());
        putPlaces(places.get(), status);
        tls.peers().ifPresent(live -> putPeerTls(live.state(), status));
        tls.clients().ifPresent(live -> putTls(live.state(), status.putObject("clientTls")));
        DataStatus kept = data.get();
        status.put("data", kept.state().name().toLowerCase(Locale.ROOT));
        if (kept.error() != null) {
            status.put("dataError", kept.error());
        }
        return status;
    }

    private static void putPeerTls(LiveCredentials.State<PeerTls> state, ObjectNode status) {
        ObjectNode shown = status.putObject("peerTls");
        putTls(state, shown);
        state.tls().ifPresent(tls -> shown.put("trust", tls.credentials().authoritiesHash()));
    }

    private static void putTls(LiveCredentials.State<?> state, ObjectNode shown) {
        state.certificate().ifPresent(certificate -> shown.put("certificate", certificate.hash())
                .put("notAfter", certificate.notAfter().toString()));
        if (state.problem() != null) {
            shown.put("problem", state.problem());
        }
    }

    private static void putPlaces(PlacesStatus places, ObjectNode status) {
        status.put("placesKey", places.key());
        if (places.keyError() != null) {
            status.put("placesKeyError", places.keyError());
        }
        if (places.caError() != null) {
            status.put("placesCaError", places.caError());
        }
        if (places.daySpent()) {
            status.put("placesBudgetSpent", true);
        }
    }
}
