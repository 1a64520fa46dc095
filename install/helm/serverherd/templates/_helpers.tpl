{{/* The name of everything the operator needs. It is fixed: two operators for the same herds would fight. */}}
{{- define "serverherd.name" -}}
serverherd-operator
{{- end }}

{{/* The same in every way of installing, so nothing of Helm; Helm adds its own when it installs. */}}
{{- define "serverherd.labels" -}}
{{ include "serverherd.selector" . }}
app.kubernetes.io/part-of: serverherd
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{- define "serverherd.selector" -}}
app.kubernetes.io/name: {{ include "serverherd.name" . }}
{{- end }}

{{- define "serverherd.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* What the operator may do in a namespace it looks after. */}}
{{- define "serverherd.rules" -}}
# The herds. Their spec is never written.
- apiGroups: [serverherd.io]
  resources: [serverherds]
  verbs: [list, watch]
- apiGroups: [serverherd.io]
  resources: [serverherds/status]
  verbs: [patch]
# Asked for where OwnerReferencesPermissionEnforcement is on, by the owner references of a herd's objects.
- apiGroups: [serverherd.io]
  resources: [serverherds/finalizers]
  verbs: [update]
# What a herd is made of.
- apiGroups: [""]
  resources: [configmaps, services]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [apps]
  resources: [statefulsets]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, patch]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, patch, delete]
# A pod is annotated so that the kubelet fetches its new configuration, and deleted to be replaced.
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch, patch, delete]
# Claims are grown; the StatefulSet controller makes them, and nobody here deletes them.
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [list, watch, patch]
- apiGroups: [""]
  resources: [events]
  verbs: [get, create, patch]
{{- if .Values.peerTls.managed }}
# The authority of each herd, and its servers' certificates.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, patch, delete]
{{- end }}
{{- if .Values.certManager }}
# Where cert-manager makes certificates instead. Without cert-manager there is nothing to have a right to.
- apiGroups: [cert-manager.io]
  resources: [certificates]
  verbs: [get, list, watch, create, patch, delete]
{{- end }}
{{- end }}

{{- define "serverherd.subject" -}}
- kind: ServiceAccount
  name: {{ include "serverherd.name" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}
