/**
 * Entry of the bundle `dist/simulator.cjs`, which the extension loads only when somebody asks for the Demo org.
 */
export { startSimulator } from './simulator.ts';
export type { Simulator, SimulatorOptions } from './simulator.ts';
export type { SimulatorControl } from './control.ts';
export type { Fault, FaultOperation } from './faults.ts';
