import { PbfWriter } from 'pbf';

export interface ConstantOutput {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: ArrayLike<number>;
  /** float32 unless said. */
  readonly type?: 'float32' | 'float16' | 'int64';
}

/**
 * A real ONNX file whose outputs are constants, whatever the image: a detector that always says the same.
 * Written by the field numbers of onnx.proto.
 */
export function constantModel(options: {
  readonly input: readonly (number | string)[];
  readonly inputType?: 'float32' | 'float16';
  readonly outputs: readonly ConstantOutput[];
  readonly metadata?: Readonly<Record<string, string>>;
  /** Pretends that weights lie in another file: a table of weights, or a constant inside a node. */
  readonly externalData?: 'initializer' | 'constant';
}): Uint8Array {
  const model = new PbfWriter();
  model.writeVarintField(1, 8); // ir_version
  model.writeMessage(7, writeGraph, options);
  model.writeMessage(8, (_, pbf) => pbf.writeVarintField(2, 13), null); // opset_import.version
  for (const [key, value] of Object.entries(options.metadata ?? {})) {
    model.writeMessage(
      14,
      (_, pbf) => {
        pbf.writeStringField(1, key);
        pbf.writeStringField(2, value);
      },
      null,
    );
  }
  return model.finish();
}

function writeGraph(options: Parameters<typeof constantModel>[0], pbf: PbfWriter): void {
  for (const output of options.outputs) {
    pbf.writeMessage(
      1,
      (_, node) => {
        node.writeStringField(2, output.name);
        node.writeStringField(4, 'Constant');
        node.writeMessage(
          5,
          (__, attribute) => {
            attribute.writeStringField(1, 'value');
            attribute.writeMessage(5, writeTensor, output);
            attribute.writeVarintField(20, 4);
          },
          null,
        );
      },
      null,
    );
  }
  if (options.externalData === 'constant') {
    pbf.writeMessage(
      1,
      (_, node) =>
        node.writeMessage(
          5,
          (__, attribute) =>
            attribute.writeMessage(5, (___, tensor) => tensor.writeVarintField(14, 1), null),
          null,
        ),
      null,
    );
  }
  pbf.writeStringField(2, 'graph');
  if (options.externalData === 'initializer') {
    pbf.writeMessage(
      5,
      (_, tensor) => {
        tensor.writeVarintField(2, 1);
        tensor.writeStringField(8, 'weights');
        tensor.writeMessage(13, (__, entry) => entry.writeStringField(1, 'location'), null);
      },
      null,
    );
  }
  pbf.writeMessage(11, writeValueInfo, {
    name: 'images',
    dims: options.input,
    type: options.inputType ?? 'float32',
  });
  for (const { name, dims, type = 'float32' } of options.outputs)
    pbf.writeMessage(12, writeValueInfo, { name, dims, type });
}

/** Numbers of onnx.proto's TensorProto.DataType. */
const DATA_TYPES = { float32: 1, int64: 7, float16: 10 } as const;

function writeTensor({ dims, values, type = 'float32' }: ConstantOutput, pbf: PbfWriter): void {
  for (const dim of dims) pbf.writeVarintField(1, dim);
  pbf.writeVarintField(2, DATA_TYPES[type]);
  pbf.writeBytesField(9, tensorBytes(values, type));
}

/** float16 is given by its bits. */
function tensorBytes(
  values: ArrayLike<number>,
  type: NonNullable<ConstantOutput['type']>,
): Uint8Array {
  switch (type) {
    case 'float32':
      return new Uint8Array(Float32Array.from(values).buffer);
    case 'float16':
      return new Uint8Array(Uint16Array.from(values).buffer);
    case 'int64':
      return new Uint8Array(BigInt64Array.from(Array.from(values, BigInt)).buffer);
  }
}

function writeValueInfo(
  {
    name,
    dims,
    type,
  }: {
    readonly name: string;
    readonly dims: readonly (number | string)[];
    readonly type: keyof typeof DATA_TYPES;
  },
  pbf: PbfWriter,
): void {
  pbf.writeStringField(1, name);
  pbf.writeMessage(
    2,
    (_, value) =>
      value.writeMessage(
        1,
        (__, tensor) => {
          tensor.writeVarintField(1, DATA_TYPES[type]);
          tensor.writeMessage(
            2,
            (___, shape) => {
              for (const dim of dims) {
                shape.writeMessage(
                  1,
                  (____, one) =>
                    typeof dim === 'number'
                      ? one.writeVarintField(1, dim)
                      : one.writeStringField(2, dim),
                  null,
                );
              }
            },
            null,
          );
        },
        null,
      ),
    null,
  );
}
