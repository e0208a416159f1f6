// kubelet-config prints what kubelet's own loader makes of a config file: allowedUnsafeSysctls and systemReserved, a
// list and a map that hold any text, as JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"k8s.io/kubernetes/pkg/kubelet/kubeletconfig/configfiles"
	"k8s.io/kubernetes/pkg/util/filesystem"
)

func main() {
	if err := show(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "kubelet-config:", err)
		os.Exit(1)
	}
}

func show(path string) error {
	loader, err := configfiles.NewFsLoader(&filesystem.DefaultFs{}, path)
	if err != nil {
		return err
	}
	config, err := loader.Load(context.Background())
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode([]any{config.AllowedUnsafeSysctls, config.SystemReserved})
}
