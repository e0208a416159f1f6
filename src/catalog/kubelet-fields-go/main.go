// kubelet-fields prints the fields of KubeletConfiguration v1beta1 and their types as one line of JSON.
//
// Which Kubernetes it speaks of is decided by the go.mod it is run with: see generate.sh.
//
// A type is a string ("boolean", "duration", …) or an object with one key:
// {"list": type}, {"map": type} or {"object": {field: type}}.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kubelet "k8s.io/kubelet/config/v1beta1"
)

// Types that read themselves, so that their Go fields say nothing about their JSON.
var selfReading = map[reflect.Type]string{
	reflect.TypeFor[metav1.Duration]():        "duration",
	reflect.TypeFor[metav1.Time]():            "string",
	reflect.TypeFor[resource.Quantity]():      "quantity",
	reflect.TypeFor[resource.QuantityValue](): "quantity",
}

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

func main() {
	fields := map[string]any{}
	addFields(fields, reflect.TypeFor[kubelet.KubeletConfiguration]())
	// Encoding a map sorts its keys, so the same go.mod gives the same bytes.
	if err := json.NewEncoder(os.Stdout).Encode(fields); err != nil {
		fmt.Fprintln(os.Stderr, "kubelet-fields:", err)
		os.Exit(1)
	}
}

func addFields(fields map[string]any, structure reflect.Type) {
	for field := range structure.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Type == reflect.TypeFor[metav1.TypeMeta]():
			// apiVersion and kind are not settings.
		case field.Anonymous && name == "":
			addFields(fields, field.Type)
		case name != "" && name != "-":
			fields[name] = describe(field.Type)
		}
	}
}

func describe(t reflect.Type) any {
	if name, found := selfReading[t]; found {
		return name
	}
	if t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(unmarshaler) {
		return "any"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return describe(t.Elem())
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "integer"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "string" // bytes are base64 in JSON
		}
		return map[string]any{"list": describe(t.Elem())}
	case reflect.Map:
		return map[string]any{"map": describe(t.Elem())}
	case reflect.Struct:
		fields := map[string]any{}
		addFields(fields, t)
		return map[string]any{"object": fields}
	default:
		return "any"
	}
}
