// Command rig-cni is a network plugin as a DaemonSet brings one: it installs its plugin and a configuration of the node's
// own range on the machine, and keeps a route to each other node's pods. It needs /host, the machine's root.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

const account = "/var/run/secrets/kubernetes.io/serviceaccount/"

type node struct {
	Metadata struct{ Name string }
	Spec     struct{ PodCIDR string }
	Status   struct {
		Addresses []struct{ Type, Address string }
	}
}

func main() {
	client, err := newClient()
	if err == nil {
		err = install("/plugins/bridge", "/host/opt/cni/bin/rig-bridge")
	}
	for err == nil {
		var nodes []node
		if nodes, err = client.nodes(); err == nil {
			err = reconcile(nodes, os.Getenv("NODE_NAME"))
		}
		time.Sleep(time.Second)
	}
	fmt.Fprintln(os.Stderr, "rig-cni:", err)
	os.Exit(1)
}

func reconcile(nodes []node, self string) error {
	for _, one := range nodes {
		if one.Spec.PodCIDR == "" {
			continue
		}
		if one.Metadata.Name == self {
			if err := configure(one.Spec.PodCIDR); err != nil {
				return err
			}
			continue
		}
		for _, address := range one.Status.Addresses {
			if address.Type != "InternalIP" || strings.Contains(address.Address, ":") {
				continue
			}
			// A node that is gone may have an address that leads nowhere: its pods are not missed.
			onHost("ip", "route", "replace", one.Spec.PodCIDR, "via", address.Address)
		}
	}
	return nil
}

func configure(podCIDR string) error {
	const folder = "/host/etc/cni/net.d"
	const path = folder + "/10-rig.conflist"
	plugin := map[string]any{
		"type": "rig-bridge", "bridge": "rig0", "isGateway": true, "hairpinMode": true,
		"ipam": map[string]any{
			"type":   "host-local",
			"ranges": [][]map[string]string{{{"subnet": podCIDR}}},
			"routes": []map[string]string{{"dst": "0.0.0.0/0"}},
		},
	}
	text, err := json.Marshal(map[string]any{"cniVersion": "1.0.0", "name": "rig", "plugins": []any{plugin}})
	if err != nil {
		return err
	}
	if old, err := os.ReadFile(path); err == nil && string(old) == string(text) {
		return nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", text, 0o644); err != nil {
		return err
	}
	fmt.Println("the pods of this node have", podCIDR)
	return os.Rename(path+".new", path)
}

func onHost(program string, args ...string) {
	command := exec.Command("/usr/bin/env", append([]string{program}, args...)...)
	command.SysProcAttr = &syscall.SysProcAttr{Chroot: "/host"}
	command.Dir = "/"
	command.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin"}
	if words, err := command.CombinedOutput(); err != nil {
		fmt.Fprintln(os.Stderr, program, args, err, string(words))
	}
}

func install(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.WriteFile(to+".new", text, 0o755); err != nil {
		return err
	}
	return os.Rename(to+".new", to)
}

type apiClient struct {
	http  *http.Client
	token string
}

func newClient() (*apiClient, error) {
	ca, err := os.ReadFile(account + "ca.crt")
	if err != nil {
		return nil, err
	}
	token, err := os.ReadFile(account + "token")
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(ca)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	return &apiClient{&http.Client{Transport: transport, Timeout: 15 * time.Second}, string(token)}, nil
}

func (c *apiClient) nodes() ([]node, error) {
	request, err := http.NewRequest("GET", os.Getenv("SERVER")+"/api/v1/nodes", nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", response.Status, text)
	}
	var list struct{ Items []node }
	return list.Items, json.Unmarshal(text, &list)
}
