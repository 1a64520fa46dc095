package io.serverherd.local.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A made-up world with a landmark in every square of about 220 m, the same at every call. Squares are rows of equal
 * latitude, cut into as many columns as the row's circle has room for, so the poles are nothing special.
 */
final class DemoLandmarks {

    private static final double EARTH_RADIUS_METRES = 6_371_000;
    private static final double ROW_DEGREES = 0.002;
    private static final int ROWS = (int) Math.round(180 / ROW_DEGREES);
    /** 11 rows of 13 squares or more hold the 20 nearest landmarks of any point. */
    private static final int ROWS_AROUND = 5;

    private static final int COLUMNS_AROUND = 6;

    private static final List<Kind> KINDS = List.of(
            new Kind("Library", "library"),
            new Kind("Café", "cafe"),
            new Kind("Museum", "museum"),
            new Kind("Park", "park"),
            new Kind("Bakery", "bakery"),
            new Kind("Bookshop", "book_store"),
            new Kind("Theatre", "movie_theater"),
            new Kind("Station", "train_station"),
            new Kind("Pharmacy", "pharmacy"),
            new Kind("Observatory", "tourist_attraction"),
            new Kind("Gallery", "art_gallery"),
            new Kind("Lecture Hall", "university"));
    private static final List<String> NAMES = List.of(
            "Maple", "Harbour", "Granite", "Sunset", "Juniper", "Lantern", "Meadow", "Copper", "Willow", "Comet",
            "Orchard", "Falcon", "Cedar", "Mosaic", "Quarry", "Heron");

    private DemoLandmarks() {}

    private record Kind(String noun, String type) {}

    /** @param rating tenths of a star */
    record Landmark(
            String id,
            String name,
            String type,
            double latitude,
            double longitude,
            int rating,
            int ratings,
            double metres) {}

    /** The landmarks within the radius, nearest first. */
    static List<Landmark> near(double latitude, double longitude, double radiusMetres, int limit) {
        List<Landmark> found = new ArrayList<>();
        int centre = (int) Math.floor((latitude + 90) / ROW_DEGREES);
        for (int row = Math.max(0, centre - ROWS_AROUND); row <= Math.min(ROWS - 1, centre + ROWS_AROUND); row++) {
            int columns = columns(row);
            int middle = (int) Math.floor((longitude + 180) / 360 * columns);
            Set<Integer> seen = new HashSet<>();
            for (int step = -COLUMNS_AROUND; step <= COLUMNS_AROUND; step++) {
                int column = Math.floorMod(middle + step, columns);
                if (seen.add(column)) {
                    Landmark landmark = in(row, column, columns, latitude, longitude);
                    if (landmark.metres() <= radiusMetres) {
                        found.add(landmark);
                    }
                }
            }
        }
        return found.stream()
                .sorted(Comparator.comparingDouble(Landmark::metres))
                .limit(limit)
                .toList();
    }

    private static int columns(int row) {
        double latitude = (row + 0.5) * ROW_DEGREES - 90;
        return Math.max(1, (int) Math.round(360 * Math.cos(Math.toRadians(latitude)) / ROW_DEGREES));
    }

    private static Landmark in(int row, int column, int columns, double latitude, double longitude) {
        long seed = mix((long) row << 32 | column);
        // The middle half of the square, so that no two of neighbouring squares meet.
        double lat = (row + 0.25 + fraction(seed) / 2) * ROW_DEGREES - 90;
        double lng = (column + 0.25 + fraction(mix(seed + 1)) / 2) * 360 / columns - 180;
        Kind kind = KINDS.get((int) Math.floorMod(mix(seed + 2), (long) KINDS.size()));
        String first = NAMES.get((int) Math.floorMod(mix(seed + 3), (long) NAMES.size()));
        return new Landmark(
                "demo-%d-%d".formatted(row, column),
                "%s %s (demo)".formatted(first, kind.noun()),
                kind.type(),
                lat,
                lng,
                30 + (int) Math.floorMod(mix(seed + 4), 21L),
                (int) Math.floorMod(mix(seed + 5), 2000L),
                metres(latitude, longitude, lat, lng));
    }

    /** Great-circle distance (haversine). */
    static double metres(double latitude, double longitude, double otherLatitude, double otherLongitude) {
        double dLat = Math.toRadians(otherLatitude - latitude) / 2;
        double dLng = Math.toRadians(otherLongitude - longitude) / 2;
        double a = Math.pow(Math.sin(dLat), 2)
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(otherLatitude))
                        * Math.pow(Math.sin(dLng), 2);
        return 2 * EARTH_RADIUS_METRES * Math.asin(Math.sqrt(Math.min(1, a)));
    }

    private static double fraction(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** The finaliser of SplitMix64: near seeds give far values. */
    private static long mix(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
