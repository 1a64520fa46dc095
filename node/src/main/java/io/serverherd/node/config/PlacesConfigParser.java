package io.serverherd.node.config;

import io.serverherd.node.config.PlacesConfig.Api;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The member {@code places} of a `herd.json` to a {@link PlacesConfig}, or to a message. */
final class PlacesConfigParser {
    private static final int MAX_TYPES = 50;
    private static final int MAX_PER_SECOND = 10_000;
    private static final int MAX_PER_DAY = 100_000_000;

    private PlacesConfigParser() {}

    static PlacesConfig parse(Member places) throws HerdConfigException {
        PlacesConfig absent = PlacesConfig.DEFAULT;
        Api api = api(places.member("api"));
        Member endpoint = places.member("endpoint");
        long seconds = places.member("timeoutSeconds").number(absent.timeout().toSeconds(), 1, 300);
        return new PlacesConfig(
                api,
                endpoint.absent() ? api.endpoint() : endpoint(endpoint),
                Duration.ofSeconds(seconds),
                api == Api.LEGACY ? legacySearch(places) : newSearch(places),
                new PlacesCaps((int) places.member("maxRequestsPerSecond").number(0, 1, MAX_PER_SECOND), (int)
                        places.member("maxRequestsPerDay").number(0, 1, MAX_PER_DAY)));
    }

    private static Api api(Member api) throws HerdConfigException {
        if (api.absent()) {
            return Api.LEGACY;
        }
        String text = api.text();
        for (Api known : Api.values()) {
            if (known.spelling().equals(text)) {
                return known;
            }
        }
        throw api.wrong("must be "
                + Stream.of(Api.values()).map(Api::spelling).collect(Collectors.joining(" or "))
                + ", the Places APIs that this version of the node speaks");
    }

    private static PlacesSearch legacySearch(Member places) throws HerdConfigException {
        for (String foreign : List.of("languageCode", "includedTypes", "rankPreference")) {
            refuse(places.member(foreign), Api.NEW);
        }
        return new PlacesSearch(
                word(places.member("language")),
                word(places.member("keyword")),
                word(places.member("type")).map(List::of).orElse(List.of()),
                Optional.empty());
    }

    private static PlacesSearch newSearch(Member places) throws HerdConfigException {
        for (String foreign : List.of("language", "keyword", "type")) {
            refuse(places.member(foreign), Api.LEGACY);
        }
        Member included = places.member("includedTypes");
        List<String> types = new ArrayList<>();
        for (Member type : included.elements()) {
            types.add(word(type).orElseThrow(() -> type.wrong("must be a string")));
        }
        if (types.size() > MAX_TYPES) {
            throw included.wrong("must have at most " + MAX_TYPES + " entries");
        }
        return new PlacesSearch(
                word(places.member("languageCode")), Optional.empty(), types, rank(places.member("rankPreference")));
    }

    /** Not ignored: who writes it counts on what it stands for. */
    private static void refuse(Member member, Api api) throws HerdConfigException {
        if (!member.absent()) {
            throw member.wrong("is understood by the API " + api.spelling() + " alone");
        }
    }

    private static Optional<String> rank(Member rank) throws HerdConfigException {
        Optional<String> word = word(rank);
        if (word.isPresent() && !List.of("POPULARITY", "DISTANCE").contains(word.get())) {
            throw rank.wrong("must be POPULARITY or DISTANCE");
        }
        return word;
    }

    private static Optional<String> word(Member member) throws HerdConfigException {
        if (member.absent()) {
            return Optional.empty();
        }
        if (!member.text().matches("\\P{Cntrl}{1,256}")) {
            throw member.wrong("must be 1–256 characters, none of them a control character");
        }
        return Optional.of(member.text());
    }

    private static URI endpoint(Member endpoint) throws HerdConfigException {
        String shape = "must be http:// or https://, a host, and at most a port and a path";
        String text = endpoint.text().replaceFirst("/+$", "");
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!http || uri.getHost() == null || uri.getRawUserInfo() != null || !text.equals(plain(uri))) {
                throw endpoint.wrong(shape);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw endpoint.wrong(shape);
        }
    }

    /** The address without query and fragment: a call appends its own. */
    private static String plain(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
