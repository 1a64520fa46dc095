package io.serverherd.local.kubelet.names;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names that a cluster's DNS would answer, as the text of a hosts file. */
final class HostsFile {

    private static final String CLUSTER_DOMAIN = ".cluster.local";

    private HostsFile() {}

    /**
     * @param outside addresses of names that are not the cluster's
     * @return one line per address, sorted, so that equal facts give equal text
     */
    static String of(Collection<Pod> pods, Collection<Service> services, Map<String, List<String>> outside) {
        SortedMap<String, TreeSet<String>> namesByAddress = new TreeMap<>();
        for (Service service : services) {
            for (Pod pod : pods) {
                if (selects(service, pod) && isPublished(service, pod)) {
                    add(namesByAddress, pod, service);
                }
            }
        }
        outside.forEach((name, addresses) -> addresses.forEach(address ->
                namesByAddress.computeIfAbsent(address, any -> new TreeSet<>()).add(name)));
        return "# The names of the pods that run on this machine; written by their kubelet.\n"
                + "127.0.0.1 localhost\n"
                + namesByAddress.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + String.join(" ", entry.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    private static void add(Map<String, TreeSet<String>> namesByAddress, Pod pod, Service service) {
        TreeSet<String> names = namesByAddress.computeIfAbsent(pod.getStatus().getPodIP(), any -> new TreeSet<>());
        String domain =
                service.getMetadata().getName() + "." + service.getMetadata().getNamespace();
        addForms(names, domain);
        String hostname = pod.getSpec().getHostname();
        if (isHeadless(service)
                && hostname != null
                && service.getMetadata().getName().equals(pod.getSpec().getSubdomain())) {
            addForms(names, hostname + "." + domain);
        }
    }

    /** Not the form without the namespace: the file is the same for pods of all namespaces. */
    private static void addForms(TreeSet<String> names, String domain) {
        names.add(domain);
        names.add(domain + ".svc");
        names.add(domain + ".svc" + CLUSTER_DOMAIN);
    }

    private static boolean selects(Service service, Pod pod) {
        Map<String, String> selector = service.getSpec().getSelector();
        Map<String, String> labels = pod.getMetadata().getLabels();
        return service.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
                && selector != null
                && !selector.isEmpty()
                && labels != null
                && labels.entrySet().containsAll(selector.entrySet());
    }

    private static boolean isPublished(Service service, Pod pod) {
        boolean hasAddress = pod.getStatus() != null && pod.getStatus().getPodIP() != null;
        boolean over = hasAddress
                && List.of("Succeeded", "Failed")
                        .contains(Objects.toString(pod.getStatus().getPhase()));
        return hasAddress
                && !over
                && (Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses()) || isReady(pod));
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .filter(condition -> "Ready".equals(condition.getType()))
                        .map(PodCondition::getStatus)
                        .anyMatch("True"::equals);
    }

    private static boolean isHeadless(Service service) {
        return "None".equals(service.getSpec().getClusterIP());
    }
}
