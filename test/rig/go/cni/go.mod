module flexgen.test/rig/cni

go 1.24.0
