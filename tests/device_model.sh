#!/bin/sh
# A model on an OpenCL device learns, is tested and is evaluated with the
# bits of the C engine; when it diverges the same is said.
. "${0%/*}/lib/shell.sh"
. "${0%/*}/lib/digits.sh"
. "${0%/*}/lib/fake.sh"
"$NODEC" devices >"$work/out" 2>"$work/err" || skipped "there is no OpenCL device"
make_sets "$work"
make_set "$work/images.idx" "$work/labels.idx" 21 3

run() { folder=$work/$1; shift; exits 0 "$NODEC" run "$work/model.node" flow --set epochs=20 --quiet --out "$folder" "$@"; }
both() {                                        # both NAME flags...: by C and on the device
    name=$1; shift
    run "$name.c" --engine cc "$@"
    run "$name.cl" --device opencl "$@"
    for file in weights.safetensors metrics.jsonl; do same "$work/$name.c/$file" "$work/$name.cl/$file" "$name: $file"; done
}

both adjoint
both exact --set gradient=discrete --set 'augment=shift(pixels=1)'

both clipped --set clip=0.3

# Many weights: a gradient that several items scale.
cat >>"$work/model.node" <<'END'
model Wide {
    input  image[4, 4], label : int(3)
    layer  hid = Linear(16, 3000) |> relu
    layer  fc = Linear(3000, 3)
    output logits[3] = flatten(image / 255) |> hid |> fc
    loss   ce = cross_entropy(logits, label)
}
experiment wide like flow { fit = Wide() }
END
for on in '--engine cc' '--device opencl'; do
    exits 0 "$NODEC" run "$work/model.node" wide $on --set clip=0.1 --quiet --out "$work/wide.${on#*' '}"
done
same "$work/wide.cc/weights.safetensors" "$work/wide.opencl/weights.safetensors" "a clipped gradient of many weights"

if fake; then                                   # 16 samples are picked and moved by 3 numbers each
    stays_there 400 "$work/model.node" flow --set epochs=8 --set 'augment=shift(pixels=1)' --set 'plot=[]'
fi

run whole --device opencl --threads 2
same "$work/adjoint.cl/weights.safetensors" "$work/whole/weights.safetensors" "with threads, which a device has no use for"
for on in '--engine cc' '--device opencl'; do
    exits 0 "$NODEC" eval "$work/model.node" flow --weights "$work/whole/weights.safetensors" $on \
        --inputs "image=$work/images.idx,label=$work/labels.idx" -o "$work/${on#*' '}.csv"
    cp "$work/out" "$work/${on#*' '}.values"
done
same "$work/cc.csv" "$work/opencl.csv" "eval"
same "$work/cc.values" "$work/opencl.values" "losses of eval"

for on in '--engine cc' '--device opencl'; do
    exits 4 "$NODEC" run "$work/model.node" flow $on --set optimizer.lr=1e20 --set epochs=20 --quiet --out "$work/wild"
    says 'training diverged at step'
    cp "$work/err" "$work/wild.${on#*' '}"
done
same "$work/wild.cc" "$work/wild.opencl" "what is said of a training that diverges"

# A gradient that is not finite, in the middle of what is queued: also the statistics are those before the step.
for on in '--engine cc' '--device opencl'; do
    exits 4 "$NODEC" run "$work/model.node" flow $on --set 'optimizer.lr=step(0.01, every = 17, factor = 1e6)' --set epochs=20 --quiet \
        --set statistics=running --out "$work/late"
    says 'the gradient of parameter'
    cp "$work/err" "$work/late.${on#*' '}.err"
    mv "$work/late" "$work/late.${on#*' '}"
done
same "$work/late.cc.err" "$work/late.opencl.err" "what is said of a gradient that is not finite"
alike "$work/late.cc" "$work/late.opencl"
passed "a model learns on a device with the bits of C"
