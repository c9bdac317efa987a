// Command webapp is the browser program: it joins the components of app/ui, the
// pure state of app/state, the device's replica and the browser itself.
//
// It is built for js/wasm by build.sh. The tests beside it drive the built
// server and this program in a real Chromium.
package main
