// Command hello is the pod that the rig runs: one line for `kubectl logs`, a TCP port that answers with
// "hello from NAME" and closes, and `hello echo WORD...` for `kubectl exec`.
package main

import (
	"fmt"
	"net"
	"os"
	"strings"
)

const address = ":8080"

func main() {
	if len(os.Args) == 1 {
		if err := serve(); err != nil {
			fmt.Fprintln(os.Stderr, "hello:", err)
			os.Exit(1)
		}
		return
	}
	if os.Args[1] != "echo" {
		fmt.Fprintln(os.Stderr, "usage: hello [echo WORD...]")
		os.Exit(2)
	}
	fmt.Println(strings.Join(os.Args[2:], " "))
}

func serve() error {
	name, err := os.Hostname()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	fmt.Println("hello from", name)
	for {
		connection, err := listener.Accept()
		if err != nil {
			return err
		}
		fmt.Fprintln(connection, "hello from", name)
		connection.Close()
	}
}
