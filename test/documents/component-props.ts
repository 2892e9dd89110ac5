import { join } from "node:path";
import ts from "typescript";
import { root } from "../../scripts/machine.mjs";

type Prop = { name: string; type: string };

/**
 * What the components of these files take, as TypeScript has it: each property of our own, with `?`
 * where it can be left out, and its type as the source says it. What HTML has is not told.
 *
 * @param sources the file of each component, from the root
 */
export function propsOf(sources: ReadonlyMap<string, string>): Map<string, Prop[]> {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const files = [...new Set(sources.values())].map((file) => join(root, file));
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const props = [...sources].map(([component, file]): [string, Prop[]] => {
    const made = program
      .getSourceFile(join(root, file))
      ?.statements.filter(ts.isFunctionDeclaration)
      .find(({ name }) => name?.text === component);
    const parameter = made?.parameters[0];
    if (!parameter) throw new Error(`${file} has no component that is called ${component}`);
    const own = checker.getTypeAtLocation(parameter).getProperties().flatMap(ownProp);
    return [component, own];
  });
  return new Map(props);
}

function ownProp({ name, declarations }: ts.Symbol): Prop[] {
  const declared = declarations
    ?.filter(ts.isPropertySignature)
    .find((one) => !one.getSourceFile().fileName.includes("/node_modules/"));
  if (!declared) return [];
  const type = declared.type?.getText().replace(/\s+/g, " ") ?? "";
  return [{ name: declared.questionToken ? `${name}?` : name, type }];
}
