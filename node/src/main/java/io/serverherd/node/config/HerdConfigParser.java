package io.serverherd.node.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Bytes of a `herd.json` to a {@link HerdConfig}, or to a message. Members it does not know are ignored. */
public final class HerdConfigParser {
    private final ObjectMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final String server;
    private final boolean tls;

    /**
     * @param server whose file it is: a server can't be its own neighbour
     * @param tls    whether an edge requires TLS of which the file does not say
     */
    public HerdConfigParser(String server, boolean tls) {
        this.server = server;
        this.tls = tls;
    }

    public HerdConfig parse(byte[] file) throws HerdConfigException {
        Member root = Member.root(read(file));
        return new HerdConfig(
                neighbours(root.member("neighbours")),
                PlacesConfigParser.parse(root.member("places")),
                limits(root.member("limits")),
                root.member("logMessages").flag(false),
                Sha256.hex(file));
    }

    private JsonNode read(byte[] file) throws HerdConfigException {
        try {
            return json.readTree(file);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw new HerdConfigException("herd.json: " + where + "not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new HerdConfigException("herd.json: not JSON: " + e.getMessage());
        }
    }

    private List<Neighbour> neighbours(Member array) throws HerdConfigException {
        List<Neighbour> neighbours = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Member element : array.elements()) {
            Neighbour neighbour = neighbour(element);
            // Names differ in more than case: objects of the cluster are named after them in lower case.
            if (!seen.add(neighbour.server().toLowerCase(Locale.ROOT))) {
                throw element.member("server").wrong("is a neighbour already");
            }
            neighbours.add(neighbour);
        }
        return neighbours;
    }

    private Neighbour neighbour(Member element) throws HerdConfigException {
        Member name = element.member("server");
        if (!ServerName.isValid(name.text())) {
            throw name.wrong("must be a server's name: " + ServerName.GRAMMAR);
        }
        if (name.text().equalsIgnoreCase(server)) {
            throw name.wrong("a server can't be its own neighbour");
        }
        Member address = element.member("address");
        int colon = address.text().lastIndexOf(':');
        String host = colon < 0 ? "" : address.text().substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (bracketed ? !isIpv6(host) : !host.matches("[A-Za-z0-9_.-]+")) {
            throw address.wrong("must be host:port, with an IPv6 address in brackets");
        }
        return new Neighbour(
                name.text(),
                host,
                port(address, address.text().substring(colon + 1)),
                element.member("tls").flag(tls));
    }

    /** With the zone that an address of one link only has: {@code fe80::1%eth0}. */
    private static boolean isIpv6(String host) {
        return host.matches("[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?") && NetUtil.isValidIpV6Address(host);
    }

    private static int port(Member address, String digits) throws HerdConfigException {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw address.wrong("port must be 1–65535");
        }
        return port;
    }

    private static Limits limits(Member limits) throws HerdConfigException {
        Limits absent = Limits.DEFAULT;
        return new Limits(
                (int) limits.member("lineBytes").number(absent.lineBytes(), 256, 1_048_576),
                (int) limits.member("connections").number(absent.connections(), 1, 1_000_000),
                (int) limits.member("connectionsPerAddress").number(absent.connectionsPerAddress(), 1, 1_000_000),
                (int) limits.member("clients").number(absent.clients(), 1, 100_000_000),
                limits.member("futureSeconds").number(absent.futureSeconds(), 0, 3_153_600_000L));
    }
}
