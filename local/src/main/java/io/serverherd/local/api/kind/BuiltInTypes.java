package io.serverherd.local.api.kind;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Optional;

/** The kinds the API has of its own: what a herd, its operator and their users' commands touch. */
public final class BuiltInTypes {

    private static final Subresources OF_PODS = new Subresources(true, Optional.empty(), List.of("log", "portforward"));
    private static final Subresources OF_SETS = new Subresources(true, Optional.of(ScalePaths.OF_WORKLOADS), List.of());

    private BuiltInTypes() {}

    public static List<ResourceType> all() {
        return List.of(
                global(Namespace.class, Names.of("Namespace", "namespaces", "ns"), Subresources.STATUS),
                global(Node.class, Names.of("Node", "nodes", "no"), Subresources.STATUS),
                local(ConfigMap.class, Names.of("ConfigMap", "configmaps", "cm"), Subresources.NONE),
                local(Endpoints.class, Names.of("Endpoints", "endpoints", "ep"), Subresources.NONE),
                local(Event.class, Names.of("Event", "events", "ev"), Subresources.NONE),
                local(
                        PersistentVolumeClaim.class,
                        Names.of("PersistentVolumeClaim", "persistentvolumeclaims", "pvc"),
                        Subresources.STATUS),
                local(Pod.class, Names.of("Pod", "pods", "po").in("all"), OF_PODS),
                local(Secret.class, Names.of("Secret", "secrets"), Subresources.NONE),
                local(ServiceAccount.class, Names.of("ServiceAccount", "serviceaccounts", "sa"), Subresources.NONE),
                local(Service.class, Names.of("Service", "services", "svc").in("all"), Subresources.STATUS),
                global(
                        CustomResourceDefinition.class,
                        Names.of("CustomResourceDefinition", "customresourcedefinitions", "crd", "crds")
                                .in("api-extensions"),
                        Subresources.STATUS),
                local(
                        ControllerRevision.class,
                        Names.of("ControllerRevision", "controllerrevisions"),
                        Subresources.NONE),
                local(
                        StatefulSet.class,
                        Names.of("StatefulSet", "statefulsets", "sts").in("all"),
                        OF_SETS),
                local(Lease.class, Names.of("Lease", "leases"), Subresources.NONE),
                local(EndpointSlice.class, Names.of("EndpointSlice", "endpointslices"), Subresources.NONE),
                local(
                        io.fabric8.kubernetes.api.model.events.v1.Event.class,
                        Names.of("Event", "events", "ev"),
                        Subresources.NONE),
                local(NetworkPolicy.class, Names.of("NetworkPolicy", "networkpolicies", "netpol"), Subresources.NONE),
                local(
                        PodDisruptionBudget.class,
                        Names.of("PodDisruptionBudget", "poddisruptionbudgets", "pdb"),
                        Subresources.STATUS),
                global(ClusterRole.class, Names.of("ClusterRole", "clusterroles"), Subresources.NONE),
                global(
                        ClusterRoleBinding.class,
                        Names.of("ClusterRoleBinding", "clusterrolebindings"),
                        Subresources.NONE),
                global(StorageClass.class, Names.of("StorageClass", "storageclasses", "sc"), Subresources.NONE),
                local(Role.class, Names.of("Role", "roles"), Subresources.NONE),
                local(RoleBinding.class, Names.of("RoleBinding", "rolebindings"), Subresources.NONE));
    }

    private static ResourceType local(Class<? extends HasMetadata> model, Names names, Subresources subresources) {
        return type(model, names, subresources, true);
    }

    private static ResourceType global(Class<? extends HasMetadata> model, Names names, Subresources subresources) {
        return type(model, names, subresources, false);
    }

    private static ResourceType type(
            Class<? extends HasMetadata> model, Names names, Subresources subresources, boolean namespaced) {
        String group = HasMetadata.getGroup(model);
        String version = HasMetadata.getVersion(model);
        TypeSchema schema = TypeSchema.ofModel(HasMetadata.getApiVersion(model), names.kind(), model);
        return new ResourceType(group, version, names, namespaced, subresources, List.of(), schema, false);
    }
}
