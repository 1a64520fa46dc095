package io.serverherd.local.kubelet;

/** Where a pod is: its own address, and the node it runs on. */
record PodAddresses(String podIP, String hostIP, String nodeName) {}
