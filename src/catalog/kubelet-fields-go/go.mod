// Only marks the module's root: one go.mod cannot hold several versions of k8s.io/kubelet,
// so each Kubernetes minor has its own in versions/, given to `go run` with -modfile.
module flexgen.invalid/kubelet-fields

go 1.26.0
