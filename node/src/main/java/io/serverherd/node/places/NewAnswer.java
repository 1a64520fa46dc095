package io.serverherd.node.places;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the new API answered. What it did not say is an empty text; numbers are as it spelled them.
 *
 * @param attributions whom the places are owed to, in HTML, as the legacy API writes them
 */
record NewAnswer(List<Place> places, List<String> attributions) {

    /** @param location null where none was said */
    record Place(
            String id,
            String name,
            Location location,
            List<String> types,
            String address,
            String rating,
            String userRatingCount,
            String businessStatus) {}

    record Location(String latitude, String longitude) {}

    /** @throws IOException when the body is something else */
    static NewAnswer read(JsonFactory factory, byte[] body) throws IOException {
        try (JsonReading json = new JsonReading(factory, body)) {
            return new Reader(json).answer();
        }
    }

    private static final class Reader {
        private final JsonReading json;
        private final List<Place> places = new ArrayList<>();
        private final Set<String> attributions = new LinkedHashSet<>();

        private boolean placesSaid;
        private boolean somethingElse;

        private String id;
        private String name;
        private Location location;
        private List<String> types;
        private String address;
        private String rating;
        private String userRatingCount;
        private String businessStatus;

        Reader(JsonReading json) {
            this.json = json;
        }

        NewAnswer answer() throws IOException {
            json.object(this::topMember);
            json.end();
            // No places at all are {}: what says something else instead is somebody else's answer.
            if (somethingElse && !placesSaid) {
                throw new IOException("not an answer of the new API");
            }
            return new NewAnswer(List.copyOf(places), List.copyOf(attributions));
        }

        private boolean topMember(String member) throws IOException {
            boolean known = member.equals("places");
            if (known) {
                placesSaid = true;
                json.array(this::place);
            } else {
                somethingElse = true;
            }
            return known;
        }

        private void place() throws IOException {
            id = "";
            name = "";
            location = null;
            types = List.of();
            address = "";
            rating = "";
            userRatingCount = "";
            businessStatus = "";
            json.object(this::member);
            places.add(new Place(id, name, location, types, address, rating, userRatingCount, businessStatus));
        }

        private boolean member(String member) throws IOException {
            switch (member) {
                case "id" -> id = json.text();
                case "displayName" -> json.object(this::displayName);
                case "location" -> location();
                case "types" -> types = json.texts();
                case "shortFormattedAddress" -> address = json.text();
                case "rating" -> rating = json.number();
                case "userRatingCount" -> userRatingCount = json.number();
                case "businessStatus" -> businessStatus = json.text();
                case "attributions" -> json.array(this::attribution);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private boolean displayName(String member) throws IOException {
            boolean known = member.equals("text");
            if (known) {
                name = json.text();
            }
            return known;
        }

        private void location() throws IOException {
            // Google leaves out a zero: a place on the equator has a longitude alone.
            String[] degrees = {"0", "0"};
            json.object(member -> {
                int which = List.of("latitude", "longitude").indexOf(member);
                if (which >= 0) {
                    degrees[which] = json.number();
                }
                return which >= 0;
            });
            location = new Location(degrees[0], degrees[1]);
        }

        private void attribution() throws IOException {
            String[] texts = {"", ""};
            json.object(member -> {
                int which = List.of("provider", "providerUri").indexOf(member);
                if (which >= 0) {
                    texts[which] = html(json.text());
                }
                return which >= 0;
            });
            attributions.add(texts[1].isEmpty() ? texts[0] : "<a href=\"" + texts[1] + "\">" + texts[0] + "</a>");
        }

        private static String html(String text) {
            return text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;");
        }
    }
}
