package io.serverherd.operator.desired;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The labels of a herd's objects, and the annotations the operator knows. */
public final class Labels {
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String OPERATOR = "serverherd-operator";
    public static final String HERD = "serverherd.io/herd";
    /** The server's name as the spec writes it. */
    public static final String SERVER = "serverherd.io/server";
    /** Annotation of a pod: the hash of the configuration it should have, changed to make the kubelet fetch it at once. */
    public static final String CONFIG_HASH = "serverherd.io/config-hash";
    /** Annotation of a pod: when that was last done, so that it can be done again. */
    public static final String CONFIG_TOUCHED = "serverherd.io/config-touched";
    /** Annotation of a ServerHerd: a new value, whatever it says, replaces every pod, one at a time. */
    public static final String RESTARTED_AT = "serverherd.io/restartedAt";
    /** Annotation of a StatefulSet: the default it was given as image, for the herd named none. */
    static final String DEFAULT_IMAGE = "serverherd.io/default-image";
    /** Name of the StatefulSet. Selectors can't be changed, and unlike the server's name it has no upper and lower case. */
    public static final String SET = "serverherd.io/set";

    private static final String NAME = "app.kubernetes.io/name";
    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final String COMPONENT = "app.kubernetes.io/component";
    /**
     * The only labels of a ServerHerd its objects get: one that marks what a GitOps tool has applied would make that tool
     * remove them.
     */
    private static final Set<String> PASSED_ON = Set.of("app.kubernetes.io/part-of");

    private Labels() {}

    static Map<String, String> ofHerd(String herd) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(NAME, "serverherd");
        labels.put(INSTANCE, herd);
        labels.put(COMPONENT, "server");
        labels.put(MANAGED_BY, OPERATOR);
        labels.put(HERD, herd);
        return labels;
    }

    public static Map<String, String> ofServer(String herd, String server, String set) {
        Map<String, String> labels = ofHerd(herd);
        labels.put(SERVER, server);
        labels.put(SET, set);
        return labels;
    }

    /**
     * Not the instance: it is a GitOps tool's mark, by default Argo CD's, and a claim has no owner that would tell such a tool
     * that it is none of its own.
     */
    static Map<String, String> ofClaim(String herd, String server, String set) {
        Map<String, String> labels = ofServer(herd, server, set);
        labels.remove(INSTANCE);
        return labels;
    }

    /** Not the instance, as with claims; nor the operator's mark: it is cert-manager's, and the operator does not look at it. */
    static Map<String, String> ofIssuedSecret(String herd, String server, String set) {
        Map<String, String> labels = ofClaim(herd, server, set);
        labels.remove(MANAGED_BY);
        return labels;
    }

    /** The same of one that is all servers'. */
    static Map<String, String> ofIssuedSecret(String herd) {
        Map<String, String> labels = ofHerd(herd);
        labels.remove(INSTANCE);
        labels.remove(MANAGED_BY);
        return labels;
    }

    static Map<String, String> passedOn(Map<String, String> labelsOfHerd) {
        Map<String, String> passed = new TreeMap<>(labelsOfHerd == null ? Map.of() : labelsOfHerd);
        passed.keySet().retainAll(PASSED_ON);
        return passed;
    }

    static Map<String, String> restart(Map<String, String> annotationsOfHerd) {
        Map<String, String> restart = new TreeMap<>(annotationsOfHerd == null ? Map.of() : annotationsOfHerd);
        restart.keySet().retainAll(Set.of(RESTARTED_AT));
        return restart;
    }

    static Map<String, String> selectHerd(String herd) {
        return new TreeMap<>(Map.of(NAME, "serverherd", HERD, herd));
    }

    /** The operator's own pods, as every way of installing it labels them. */
    static Map<String, String> selectOperator() {
        return Map.of(NAME, OPERATOR);
    }

    public static Map<String, String> selectServer(String herd, String set) {
        Map<String, String> selector = selectHerd(herd);
        selector.put(SET, set);
        return selector;
    }
}
