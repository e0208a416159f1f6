module flexgen.test/rig/standins

go 1.24.0
