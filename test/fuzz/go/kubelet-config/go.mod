// Only marks the module's root: it is built with the rig's go.mod of Kubernetes, by -modfile.
module flexgen.test/fuzz/kubelet-config

go 1.24.0
