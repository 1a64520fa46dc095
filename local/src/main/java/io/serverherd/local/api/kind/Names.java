package io.serverherd.local.api.kind;

import java.util.List;
import java.util.Locale;

/**
 * What a kind is called.
 *
 * @param categories groups of kinds that {@code kubectl get} knows by one name, such as {@code all}
 */
public record Names(
        String kind,
        String listKind,
        String plural,
        String singular,
        List<String> shortNames,
        List<String> categories) {

    public Names {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    static Names of(String kind, String plural, String... shortNames) {
        return new Names(kind, kind + "List", plural, kind.toLowerCase(Locale.ROOT), List.of(shortNames), List.of());
    }

    Names in(String category) {
        return new Names(kind, listKind, plural, singular, shortNames, List.of(category));
    }
}
