package io.serverherd.local.api;

/**
 * What somebody wants to do, in the words of access rules.
 *
 * @param agent     what the client calls itself: there is no authentication
 * @param verb      such as {@code list}
 * @param group     empty for the core group
 * @param resource  plural, with its subresource after a slash
 * @param namespace empty for all, and for what is in none
 * @param name      empty for a collection
 */
public record Access(String agent, String verb, String group, String resource, String namespace, String name) {

    /** Hears of everything that is asked for, and says whether it may be done. */
    @FunctionalInterface
    public interface Rules {
        boolean allow(Access access);

        /** Whether it would be allowed; nothing is done. */
        default boolean wouldAllow(Access access) {
            return allow(access);
        }

        /** Everybody may do everything. */
        static Rules none() {
            return access -> true;
        }
    }

    /** The rest of {@code VERB is forbidden:}, as any client knows it. */
    String refusal() {
        String where = namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"";
        return "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                .formatted(agent, verb, resource, group, where);
    }
}
