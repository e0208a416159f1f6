// Command crictl stands in for the real one, which cannot be built as a Go module. It has the real one's way of
// telling its version and says what it is; everything else it refuses.
package main

import (
	"fmt"
	"os"
)

// version is set by the linker.
var version = "unknown"

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Printf("crictl version v%s (a stand-in of the test rig)\n", version)
		return
	}
	fmt.Fprintln(os.Stderr, "crictl: a stand-in of the test rig: only --version works")
	os.Exit(1)
}
