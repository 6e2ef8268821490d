// One decision in @cloud-copilot/iam-simulate, which explains every statement as it decides, for the same
// workloads that Writ is measured on. The package is AGPL-3.0: it runs here as a program of its own.
//
//     node measure.mjs WORKLOAD.json…     prints  name <tab> value <tab> unit  rows
//
// Policies are loaded beforehand and the engine is called below its public entry, without validation: the
// kindest reading of it.
import { readFileSync } from 'node:fs'
import { loadPolicy } from '@cloud-copilot/iam-policy'

const inner = (path) => import(new URL(`./node_modules/@cloud-copilot/iam-simulate/dist/esm/${path}`, import.meta.url))
const { authorize } = await inner('core_engine/CoreSimulatorEngine.js')
const { AwsRequestImpl } = await inner('request/request.js')
const { RequestContextImpl } = await inner('requestContext.js')
const { DiscoveryContextKeyConstraints } = await inner('context_keys/discoveryContextKeyConstraints.js')

const now_ns = () => Number(process.hrtime.bigint())

// Batches of at least 2 ms during 1.5 s: median and least time of one call.
function measure(call) {
  let calls = 1
  for (;;) {
    const start = now_ns()
    for (let i = 0; i < calls; i++) call()
    if (now_ns() - start > 2e6) break
    calls *= 2
  }
  const samples = []
  const begin = now_ns()
  while (samples.length < 5 || now_ns() - begin < 1.5e9) {
    const start = now_ns()
    for (let i = 0; i < calls; i++) call()
    samples.push((now_ns() - start) / calls)
  }
  samples.sort((a, b) => a - b)
  return [samples[samples.length >> 1], samples[0]]
}

for (const path of process.argv.slice(2)) {
  const workload = JSON.parse(readFileSync(path, 'utf8'))
  const { principal, action, resource, contextVariables } = workload.request
  const load = (policies) => policies?.map((p) => loadPolicy(p.policy, { name: p.name }))
  const identityPolicies = load(workload.identityPolicies)
  const permissionBoundaries = load(workload.permissionBoundaryPolicies)
  const resourcePolicy = workload.resourcePolicy && loadPolicy(workload.resourcePolicy, { name: 'resource' })
  const decide = () => authorize({
    request: new AwsRequestImpl(principal, resource, action, new RequestContextImpl(contextVariables)),
    sessionPolicy: undefined, identityPolicies, serviceControlPolicies: [], resourceControlPolicies: [], resourcePolicy,
    permissionBoundaries, vpcEndpointPolicies: undefined,
    simulationParameters: { simulationMode: 'Strict', discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints([]) },
    serviceSettings: { s3: {} }
  }).result
  const got = decide()
  if ((got === 'Allowed') !== workload.expected) throw new Error(`${workload.name}: ${got}`)
  const [median, least] = measure(decide)
  console.log(`iam-simulate/decide/${workload.name}\t${median.toFixed(0)}\tns`)
  console.log(`iam-simulate/decide/${workload.name}/min\t${least.toFixed(0)}\tns`)
}
