package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.serverherd.local.kubelet.volume.PodVolumes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment a container's spec asks for: {@code envFrom} first, then {@code env} in its order. */
final class ContainerEnvironment {

    private static final Pattern MAP_ENTRY = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

    private final Pod pod;
    private final PodAddresses addresses;
    private final PodVolumes.Sources sources;

    ContainerEnvironment(Pod pod, PodAddresses addresses, PodVolumes.Sources sources) {
        this.pod = pod;
        this.addresses = addresses;
        this.sources = sources;
    }

    Map<String, String> of(Container container) throws ContainerConfigException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvFromSource source : container.getEnvFrom()) {
            String prefix = source.getPrefix() == null ? "" : source.getPrefix();
            all(source).forEach((key, value) -> environment.put(prefix + key, value));
        }
        for (EnvVar variable : container.getEnv()) {
            EnvVarSource from = variable.getValueFrom();
            if (from == null) {
                String value = variable.getValue() == null ? "" : variable.getValue();
                environment.put(variable.getName(), References.expand(value, environment));
            } else {
                value(from).ifPresent(value -> environment.put(variable.getName(), value));
            }
        }
        return environment;
    }

    private Map<String, String> all(EnvFromSource source) throws ContainerConfigException {
        if (source.getConfigMapRef() != null) {
            boolean optional = Boolean.TRUE.equals(source.getConfigMapRef().getOptional());
            return configMap(source.getConfigMapRef().getName(), optional);
        }
        if (source.getSecretRef() != null) {
            boolean optional = Boolean.TRUE.equals(source.getSecretRef().getOptional());
            return secret(source.getSecretRef().getName(), optional);
        }
        return Map.of();
    }

    private Optional<String> value(EnvVarSource from) throws ContainerConfigException {
        if (from.getFieldRef() != null) {
            return Optional.of(field(from.getFieldRef().getFieldPath()));
        }
        if (from.getConfigMapKeyRef() != null) {
            var ref = from.getConfigMapKeyRef();
            boolean optional = Boolean.TRUE.equals(ref.getOptional());
            return entry(configMap(ref.getName(), optional), ref.getKey(), optional, "ConfigMap", ref.getName());
        }
        if (from.getSecretKeyRef() != null) {
            var ref = from.getSecretKeyRef();
            boolean optional = Boolean.TRUE.equals(ref.getOptional());
            return entry(secret(ref.getName(), optional), ref.getKey(), optional, "Secret", ref.getName());
        }
        throw new ContainerConfigException("env: a pod run as processes can take a value from fieldRef,"
                + " configMapKeyRef or secretKeyRef, not from another source");
    }

    private Optional<String> entry(Map<String, String> data, String key, boolean optional, String kind, String name)
            throws ContainerConfigException {
        if (!data.containsKey(key) && !optional) {
            String namespace = pod.getMetadata().getNamespace();
            throw new ContainerConfigException(
                    "couldn't find key %s in %s %s/%s".formatted(key, kind, namespace, name));
        }
        return Optional.ofNullable(data.get(key));
    }

    private Map<String, String> configMap(String name, boolean optional) throws ContainerConfigException {
        Optional<ConfigMap> map = sources.configMap(pod.getMetadata().getNamespace(), name);
        if (map.isEmpty() && !optional) {
            throw new ContainerConfigException("configmap \"%s\" not found".formatted(name));
        }
        return map.map(ConfigMap::getData).orElse(Map.of());
    }

    private Map<String, String> secret(String name, boolean optional) throws ContainerConfigException {
        Optional<Secret> secret = sources.secret(pod.getMetadata().getNamespace(), name);
        if (secret.isEmpty() && !optional) {
            throw new ContainerConfigException("secret \"%s\" not found".formatted(name));
        }
        Map<String, String> decoded = new LinkedHashMap<>();
        secret.map(Secret::getData).orElse(Map.of()).forEach((key, base64) -> {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            decoded.put(key, new String(bytes, StandardCharsets.UTF_8));
        });
        return decoded;
    }

    /** The downward API's fields that can be environment variables. */
    private String field(String path) throws ContainerConfigException {
        ObjectMeta metadata = pod.getMetadata();
        Matcher entry = MAP_ENTRY.matcher(path);
        if (entry.matches()) {
            Map<String, String> map =
                    entry.group(1).equals("labels") ? metadata.getLabels() : metadata.getAnnotations();
            return map == null ? "" : map.getOrDefault(entry.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> metadata.getName();
            case "metadata.namespace" -> metadata.getNamespace();
            case "metadata.uid" -> metadata.getUid();
            case "spec.nodeName" -> addresses.nodeName();
            case "spec.serviceAccountName" ->
                Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default");
            case "status.podIP", "status.podIPs" -> addresses.podIP();
            case "status.hostIP", "status.hostIPs" -> addresses.hostIP();
            default -> throw new ContainerConfigException("env: unknown fieldPath \"%s\"".formatted(path));
        };
    }
}
