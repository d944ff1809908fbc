import type { MissingPackage } from '../edit.ts';
import type { Program } from '../../resolve/program.ts';
import type { Project } from '../../resolve/projects.ts';
import { Projects } from '../../resolve/projects.ts';
import type { HelperForm } from './retryHelper.ts';
import type { RetryPackage } from './helperLoops.ts';

/** What is known of a library: versions whose interface is the one that is written, versions that are ES modules only, and where its types come from. */
interface Library {
  name: RetryPackage;
  versions: string;
  modulesOnly?: string;
  /** It brings no types of its own. */
  types?: string;
  /** Its main export is its only one: what `import` gives in CommonJS depends on the compiler's settings. */
  onlyExport?: true;
}

const LIBRARIES: Library[] = [
  { name: 'p-retry', versions: '>=4 <10', modulesOnly: '>=5' },
  { name: 'cockatiel', versions: '>=3 <5', modulesOnly: '>=4' },
  { name: 'exponential-backoff', versions: '>=3 <4' },
  { name: 'async-retry', versions: '>=1.3 <2', types: '@types/async-retry', onlyExport: true },
];

/**
 * The retry library that the package of a file already runs with, if a helper of this form can stand on it: a version that is known, types where types are asked
 * for, and a module system that can load it.
 */
export function retryLibraryOf(program: Program, project: Project, form: Pick<HelperForm, 'typed' | 'module'>): RetryPackage | undefined {
  return LIBRARIES.find((library) => {
    const range = project.atRunTime.has(library.name) ? project.dependencies[library.name] : undefined;
    if (range === undefined || !Projects.within(range, library.versions)) return false;
    if (form.typed && library.types !== undefined && project.dependencies[library.types] === undefined) return false;
    // Compiled or not, the package's own type decides how its files are loaded; a file that imports the library already shows that it works.
    const isModule = project.type === 'module' || isImported(program, project, library.name);
    if (library.modulesOnly !== undefined && !isModule && Projects.meets(range, library.modulesOnly)) return false;
    return !(form.typed && library.onlyExport && !isModule);
  })?.name;
}

/** Versions to install: the newest of those known that ask for no newer Node than jsforce 3 does (`engines` of each package), for packages whose files are ES modules and for others. */
const TO_INSTALL: { name: RetryPackage; module: string; commonjs: string }[] = [
  { name: 'p-retry', module: '^6.2.1', commonjs: '^4.6.2' },
  { name: 'cockatiel', module: '^3.2.1', commonjs: '^3.2.1' },
  { name: 'exponential-backoff', module: '^3.1.3', commonjs: '^3.1.3' },
];

/** Libraries that a package could run with once they are installed, the best known first. None where no manifest would name them. */
export function librariesToInstall({ folder, type, dependencies }: Project): (Omit<MissingPackage, 'name'> & { name: RetryPackage })[] {
  if (folder === '') return [];
  return TO_INSTALL.filter(({ name }) => dependencies[name] === undefined).map(({ name, module, commonjs }) => ({ name, range: type === 'module' ? module : commonjs, folder }));
}

/** Whether a file of the package imports a library as this helper would. */
function isImported(program: Program, project: Project, name: string): boolean {
  return program.paths().some((path) => program.projects.of(path) === project && program.get(path)!.imports.some((each) => each.module === name && each.style === 'es' && each.value === undefined && !each.typeOnly));
}
