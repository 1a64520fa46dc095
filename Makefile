# Everything goes through the Maven wrapper: a JDK (17 or newer) is all that must be there.
MVN ?= ./mvnw
MVN_FLAGS ?= -B -ntp

.DEFAULT_GOAL := help
SHELL := /bin/sh
# By the environment, never as an argument that others can read.
export PLACES_API_KEY

##@ Run
.PHONY: run
run: build ## A five-server herd on this machine, no cluster: build, start, follow; Ctrl-C ends it (PLACES_API_KEY=… asks Google)
	@exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -jar local/target/herd-local.jar

##@ Build
# What images/build is told; empty is its default.
IMAGE_SETTINGS = IMAGE_BASE='$(IMAGE_BASE)' IMAGE_JDK='$(IMAGE_JDK)' IMAGE_TAG='$(IMAGE_TAG)' MVN='$(MVN)' MVN_FLAGS='$(MVN_FLAGS)'

.PHONY: build
build: jdk ## The jars, without tests
	@echo "Building (the first time downloads the libraries)…"
	@$(MVN) $(MVN_FLAGS) -q package -DskipTests

.PHONY: images
images: build ## The container images as archives; no container engine needed (docs/images.md; IMAGE_BASE=tar:///… without a registry)
	@$(IMAGE_SETTINGS) images/build

.PHONY: push-images
push-images: registry build ## The container images into a registry: REGISTRY=ghcr.io/you
	@$(IMAGE_SETTINGS) IMAGE_REGISTRY='$(REGISTRY)' images/build push

.PHONY: train-images
train-images: cluster ## Write the lists of classes in images/ anew, from the operator in the cluster that KUBECONFIG names
	@images/train

.PHONY: clean
clean: ## Remove everything that was built
	@$(MVN) $(MVN_FLAGS) -q clean

.PHONY: format
format: jdk ## Put the sources into the project's format
	@$(MVN) $(MVN_FLAGS) -q spotless:apply

.PHONY: generate
generate: jdk ## Write again what is generated and committed: crds/, what install/ has of the chart, and the objects the tests compare with
	@$(MVN) $(MVN_FLAGS) -q test -pl node,local,operator -Dgenerate -Dtest='Generated*' -Dsurefire.failIfNoSpecifiedTests=false

##@ Test
.PHONY: test
test: jdk ## All tests that need no cluster, with the format and dependency checks
	@# Two modules at a time: nothing waits for bench, which needs the node alone.
	@$(MVN) $(MVN_FLAGS) -T 2 verify

# How often each target is tried.
EXECUTIONS ?= 1000000

.PHONY: fuzz
fuzz: jdk ## Try the node's parsers on inputs guided by coverage, EXECUTIONS=1000000 each; make test tries those that are kept
	@$(MVN) $(MVN_FLAGS) -q test-compile -pl node -Pfuzz \
	  dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/fuzz.classpath
	@node/fuzz $(EXECUTIONS)

# With a shell in it, for the tests that look from inside a cluster.
BUSYBOX ?= busybox:1
# Runs its arguments on the cluster's node, as root; empty: what is done to the control plane is not tested.
NODE_SHELL ?=

.PHONY: e2e
e2e: jdk operated ## The scenarios on the cluster that KUBECONFIG names (make install first); what they make there they remove
	@$(MVN) $(MVN_FLAGS) verify -pl operator -am -DskipUnitTests -DexcludedTags=local \
	  -Dscenario.cluster=kubeconfig -Dscenario.busybox=$(BUSYBOX) -Dscenario.node-shell=$(abspath $(NODE_SHELL))

# What these tests stand on, in one line when it is missing.
.PHONY: operated
operated: kubeconfig cluster
	@kubectl get $(OPERATOR) >/dev/null 2>&1 || { echo "There is no operator in the cluster: make install."; exit 1; }
	@kubectl rollout status $(OPERATOR) --timeout=60s >/dev/null 2>&1 || \
	  { echo "The operator in the cluster is not ready: kubectl -n serverherd-system describe pods"; exit 1; }
	@images/on-cluster serverherd-system "$$(kubectl get $(OPERATOR) \
	  -o 'jsonpath={.spec.template.spec.containers[0].env[?(@.name=="OPERATOR_NODE_IMAGE")].value}')" --version
	@images/on-cluster serverherd-system "$(BUSYBOX)" true

# What the operator's benchmark is told; empty is its default. The settings: docs/performance.md.
BENCH_SETTINGS = $(if $(CLUSTER),-Dscenario.cluster=kubeconfig -Dscenario.busybox=$(BUSYBOX)) \
  $(if $(ONLY),-Dbench.only='$(ONLY)') $(if $(EDITS),-Dbench.edits=$(EDITS)) $(if $(ROUNDS),-Dbench.rounds=$(ROUNDS)) \
  $(if $(FAKE_NODES),-Dbench.fakeNodes='$(FAKE_NODES)')

# The same for the node.
VARIANTS ?= HERD_TRANSPORT=io_uring
BENCH_NODE_SETTINGS = $(if $(ONLY),-Dbench.only='$(ONLY)') $(if $(ROUNDS),-Dbench.rounds=$(ROUNDS)) \
  $(if $(BEFORE),-Dbench.before='$(BEFORE)') $(if $(VARIANTS),-Dbench.variants='$(VARIANTS)') \
  $(if $(STALL_SECONDS),-Dbench.stallSeconds=$(STALL_SECONDS)) \
  $(if $(IMAGE_JDK),-Dbench.java='$(IMAGE_JDK)/bin/java') $(if $(DOCS),-Dbench.plot=docs/node-speed.svg)

.PHONY: bench
bench: jdk ## Tables of the node's speed beside Redis', of a herd's, and of single operations (ONLY=tls: with TLS; ONLY=attacks: of what attacks do to others; BEFORE=JAR: beside another node; docs/performance.md)
	@echo "Building…"
	@$(MVN) $(MVN_FLAGS) -q package -DskipTests -pl bench -am
	@exec java -XX:+UseSerialGC $(BENCH_NODE_SETTINGS) -jar bench/target/herd-bench.jar

.PHONY: bench-operator
bench-operator: jdk $(if $(CLUSTER),operated) ## Tables of the operator's speed and size, on the local API (CLUSTER=1: on KUBECONFIG's cluster; docs/performance.md)
	@echo "Building…"
	@$(MVN) $(MVN_FLAGS) -q package -DskipTests -pl operator -am \
	  dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath
	@cd operator && exec java -XX:+UseSerialGC -Xmx512m $(BENCH_SETTINGS) \
	  -cp "target/test-classes:target/classes:$$(cat target/bench.classpath)" io.serverherd.operator.bench.OperatorBench

##@ On a cluster
OPERATOR := -n serverherd-system deployment/serverherd-operator

.PHONY: install
install: cluster ## The operator into the cluster that KUBECONFIG names; ends when it is ready
	@there=$$(kubectl get $(OPERATOR) --ignore-not-found -o name) && \
	  kubectl apply --server-side -f install/operator.yaml && \
	  if [ -n "$$there" ]; then kubectl rollout restart $(OPERATOR); fi
	@kubectl rollout status $(OPERATOR) --timeout=120s || { kubectl -n serverherd-system get pods; \
	  echo "The operator does not get ready. Is its image where the cluster finds it? kubectl -n serverherd-system describe pods"; exit 1; }

.PHONY: uninstall
uninstall: cluster ## The operator out of it; herds stay and serve (ALL=1: every herd goes too, and what a herd is)
	@kubectl delete --ignore-not-found -f install/operator.yaml $(if $(ALL),,-l app.kubernetes.io/name=serverherd-operator)

##@ Help
.PHONY: help
help: ## This text
	@awk 'BEGIN {FS = ":.*## "; printf "\nServerHerd: an application server herd on Kubernetes\n\nUsage: make \033[36m<target>\033[0m\n"} \
	  /^##@/ {printf "\n\033[1m%s\033[0m\n", substr($$0, 5)} \
	  /^[a-z0-9-]+:.*## / {printf "  \033[36m%-15s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: kubeconfig
kubeconfig:
	@[ -n "$$KUBECONFIG" ] || { echo "KUBECONFIG must name the cluster to test on, lest it is the wrong one."; exit 1; }

# One line instead of kubectl's five.
.PHONY: cluster
cluster:
	@command -v kubectl >/dev/null || { echo "No kubectl on the PATH: https://kubernetes.io/docs/tasks/tools/"; exit 1; }
	@kubectl get --raw /version --request-timeout=10s >/dev/null 2>&1 || \
	  { echo "No cluster answers (KUBECONFIG=$$KUBECONFIG): start one, or name its kubeconfig. kubectl cluster-info tells more."; exit 1; }

# An older JVM could not even say why it fails to load the classes; this says it.
.PHONY: jdk
jdk:
	@command -v java >/dev/null || { echo "No java on the PATH: install a JDK, 17 or newer."; exit 1; }
	@v=$$(java -version 2>&1 | sed -n 's/^[^"]* version "\([0-9]*\).*/\1/p'); \
	  [ "$${v:-0}" -ge 17 ] || { echo "Java $$v is too old: ServerHerd needs JDK 17 or newer (java -version, JAVA_HOME)."; exit 1; }

.PHONY: registry
registry:
	@[ -n "$(REGISTRY)" ] || { echo "Say where to: make push-images REGISTRY=ghcr.io/you"; exit 1; }
